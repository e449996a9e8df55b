import { entry } from './entry';

/** What the system around the app may refuse. */
export const DESKTOP_TEXTS = {
  'desktop/login-refused': entry(
    ['不能改变登录时启动', 'Start at login cannot be changed'],
    [
      '系统没有接受这项改动，可能是启动项文件夹不能写入，或由公司的管理策略控制。',
      'The system did not take the change: its folder of login items may not be writable, or a company policy rules it.',
    ],
    [
      '请检查用户文件夹的权限和剩余空间后再试；也可以在系统设置的“登录项 / 启动应用”里添加 OA Desk。',
      'Check permissions and free space of your home folder and try again, or add OA Desk in the system’s own list of login items.',
    ],
  ),
};
