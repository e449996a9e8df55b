/** Official pages that the cards point to. */
const DOC = 'https://developers.weixin.qq.com/doc';

export const GLOBAL_CODES_PAGE = `${DOC}/offiaccount/Getting_Started/Global_Return_Code.html`;
export const TOKEN_PAGE = `${DOC}/offiaccount/Basic_Information/Get_access_token.html`;
export const KF_MESSAGES_PAGE = `${DOC}/offiaccount/Message_Management/Service_Center_messages.html`;
export const TEMPLATE_PAGE = `${DOC}/offiaccount/Message_Management/Template_Message_Interface.html`;
export const MASS_PAGE = `${DOC}/offiaccount/Message_Management/Batch_Sends_and_Originality_Checks.html`;
export const MENU_PAGE = `${DOC}/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html`;
export const TAGS_PAGE = `${DOC}/offiaccount/User_Management/User_Tag_Management.html`;
export const MEDIA_PAGE = `${DOC}/offiaccount/Asset_Management/New_temporary_materials.html`;
export const DRAFTS_PAGE = `${DOC}/offiaccount/Draft_Box/Add_draft.html`;
export const WORKERS_PAGE = `${DOC}/offiaccount/Customer_Service/Customer_Service_Management.html`;
export const PLATFORM_CODES_PAGE = `${DOC}/oplatform/Return_codes/Return_code_descriptions_new.html`;
