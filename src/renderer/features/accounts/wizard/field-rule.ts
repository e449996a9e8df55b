import { useTexts } from '../../../i18n/texts';
import { bindComplaint, type BindForm } from '../bind-rules';
import { accountsTexts } from '../texts';

/** Form rules that complain in the page's language about one field. */
export function useFieldRule() {
  const t = useTexts(accountsTexts);
  return (field: keyof BindForm, isOptional = false) => [
    {
      validator: (_: unknown, value: unknown) => {
        const text = typeof value === 'string' ? value : '';
        const complaint = isOptional && text.trim() === '' ? null : bindComplaint(field, text);
        return complaint ? Promise.reject(new Error(t(complaint))) : Promise.resolve();
      },
    },
  ];
}
