/** Files that the person chooses in a dialog of the system. */
import { entry } from './entry';

export const FILE_TEXTS = {
  'file/not-written': entry(
    ['文件没有保存成功', 'The file was not saved'],
    [
      '磁盘可能已满，或者这个文件夹不允许写入。原来的同名文件没有改动。',
      'The disk may be full, or the folder may not allow writing. A file of the same name was left as it was.',
    ],
    ['请换一个文件夹，或腾出空间后再保存。', 'Choose another folder, or free some space, and save again.'],
  ),
  'file/unreadable': entry(
    ['文件读不出来', 'The file could not be read'],
    [
      '文件可能已被移走、正被其他程序占用，或者没有读取权限。',
      'It may have been moved, be in use by another program, or not be readable for you.',
    ],
    [
      '请确认文件还在并且可以打开，然后重试。',
      'Check that the file is still there and opens, then try again.',
    ],
  ),
  'file/too-large': entry(
    ['文件太大', 'The file is too large'],
    ['这里最多读取 {limit} 的文件。', 'Files of up to {limit} can be read here.'],
    ['请选择小一些的文件。', 'Choose a smaller file.'],
  ),
} as const;
