/** The app itself: its bridge, keychain, database, clock and network. */
import { entry } from './entry';

export const APP_TEXTS = {
  'ipc/invalid-input': entry(
    ['这个操作的内容不符合要求', 'This request was not understood'],
    ['界面交给程序的内容缺少一项，或者超出了范围。', 'Something in it was missing or out of range.'],
    [
      '请检查刚才填写的内容再试一次；如果总是出现，请在设置里导出诊断信息。',
      'Check what you entered and try again. If it keeps happening, export the diagnostics in Settings.',
    ],
  ),
  'ipc/unknown-topic': entry(
    ['未知的通知', 'Unknown topic'],
    ['界面订阅了程序里没有的通知。', 'The page subscribed to something this version does not offer.'],
    [
      '请重启程序；若仍出现，请更新到最新版本。',
      'Restart the app; if it happens again, update to the newest version.',
    ],
  ),
  'ipc/unknown-method': entry(
    ['程序不认识这个操作', 'The app does not know this action'],
    [
      '界面和程序的版本不一致，通常是更新后没有重新启动。',
      'The window and the app are of different versions, usually because it was not restarted after an update.',
    ],
    ['请完全退出再打开。', 'Quit the app completely and open it again.'],
  ),
  'ipc/forbidden': entry(
    ['这个操作被拒绝', 'This action was refused'],
    [
      '请求不是来自本程序自己的界面。为了保护您的公众号，程序不会执行它。',
      'It did not come from the app’s own window. To protect your accounts the app does not carry it out.',
    ],
    [
      '请重新打开程序；如果您没有做任何操作就看到这条提示，请检查电脑上是否有可疑软件。',
      'Open the app again. If you see this without having done anything, check the computer for suspicious software.',
    ],
  ),
  'ipc/internal': entry(
    ['程序内部出错', 'Something went wrong inside the app'],
    [
      '这是程序自己的错误，不是您的操作问题。已经保存的消息不受影响。',
      'This is a fault of the app, not of what you did. Stored messages are not affected.',
    ],
    [
      '请再试一次；如果还是这样，请重新打开程序并导出诊断信息。',
      'Try again. If it happens again, restart the app and export the diagnostics.',
    ],
  ),
  'keychain/unavailable': entry(
    ['找不到系统钥匙串', 'No system keychain is available'],
    [
      '本程序只把 AppSecret 和数据库密钥放在系统钥匙串里，而这里没有可用的钥匙串（{backend}）。',
      'The app keeps AppSecrets and the database key in the system keychain only, and none can be used here ({backend}).',
    ],
    [
      '请解锁钥匙串后重新打开程序。Linux 请安装并登录 gnome-keyring 或 KWallet；macOS 请解锁“登录”钥匙串；Windows 请启用凭据管理器服务。',
      'Unlock the keychain and open the app again. On Linux install and log in to gnome-keyring or KWallet; on macOS unlock the “login” keychain; on Windows start the Credential Manager service.',
    ],
  ),
  'keychain/denied': entry(
    ['钥匙串拒绝了本程序', 'The keychain refused the app'],
    [
      '系统没有允许本程序读取它自己的密钥，也可能是在提示框里选了“拒绝”。',
      'The system did not let the app read its own keys; perhaps “Deny” was chosen when it asked.',
    ],
    [
      '请重新打开程序，在系统提示时选择“始终允许”，并输入电脑的登录密码。',
      'Open the app again and choose “Always Allow” when the system asks, with your login password.',
    ],
  ),
  'db/damaged': entry(
    ['本机数据文件已损坏', 'The local data file is damaged'],
    [
      '数据库没有通过完整性检查，可能是磁盘出错，或者保存时突然断电。',
      'The database failed its integrity check, perhaps after a disk fault or a power cut while saving.',
    ],
    [
      '程序没有改动这个文件。请从备份恢复；没有备份时，请先复制一份数据文件再联系支持。',
      'The app has not changed the file. Restore a backup; without one, copy the data file first and then ask for support.',
    ],
  ),
  'db/newer-version': entry(
    ['数据来自更新的版本', 'The data is from a newer version'],
    [
      '这份数据曾被更新版本的程序打开过，当前版本看不懂它的格式。',
      'A newer version of the app has opened this data, and this version cannot read its format.',
    ],
    ['请安装最新版本再打开。数据没有改动。', 'Install the latest version. Nothing has been changed.'],
  ),
  'db/disk-full': entry(
    ['磁盘已满', 'The disk is full'],
    ['没有空间保存新的内容。', 'There is no room to save anything new.'],
    [
      '请清理磁盘空间。腾出空间后，还没取回的消息会自动补收，不会丢失。',
      'Free some space. Messages not fetched yet wait at the relay and arrive by themselves afterwards.',
    ],
  ),
  'db/locked': entry(
    ['数据正被另一个窗口使用', 'The data is in use elsewhere'],
    [
      '另一个正在运行的程序实例或备份软件占用了数据文件。',
      'Another running copy of the app, or a backup program, holds the data file.',
    ],
    ['请关闭其他实例，稍等片刻再试。', 'Close the other copy, wait a moment and try again.'],
  ),
  'db/failed': entry(
    ['数据库出错', 'The database failed'],
    [
      '数据库没有完成这次操作，已写入的内容不受影响。',
      'The database did not finish this step; what was stored before is not affected.',
    ],
    [
      '请重启程序；若仍出现，请把日志文件夹发给支持人员。',
      'Restart the app; if it happens again, send the log folder to support.',
    ],
  ),
  'db/io': entry(
    ['读写磁盘失败', 'The disk could not be read or written'],
    [
      '磁盘或所在的移动设备可能已断开或损坏。',
      'The disk, or the removable drive it is on, may be disconnected or damaged.',
    ],
    [
      '请检查磁盘后重启程序，并尽快备份数据文件夹。',
      'Check the disk, restart the app, and back up the data folder soon.',
    ],
  ),
  'db/not-writable': entry(
    ['数据文件夹不可写', 'The data folder cannot be written'],
    [
      '当前用户没有写入数据文件夹的权限，或磁盘是只读的。',
      'This user may not write to the data folder, or the disk is read-only.',
    ],
    [
      '请恢复数据文件夹的写权限，然后重启程序。',
      'Give this user write access to the data folder, then restart the app.',
    ],
  ),
  'db/closed': entry(
    ['程序正在退出', 'The app is closing'],
    ['数据库已经关闭，不再接受新的操作。', 'The database is closed and takes no new work.'],
    ['请重新打开程序后再试。', 'Open the app again and repeat this.'],
  ),
  'db/wrong-key': entry(
    ['打不开加密的数据', 'The encrypted data cannot be opened'],
    [
      '钥匙串里的密钥与这份数据不匹配，可能换了电脑、重装了系统或恢复了旧的钥匙串。',
      'The key in the keychain does not fit this data. The computer or system may have changed, or an old keychain was restored.',
    ],
    [
      '请在原来的电脑和系统账户下打开，或者用加密备份恢复。数据没有改动。',
      'Open it on the original computer and user account, or restore an encrypted backup. Nothing has been changed.',
    ],
  ),
  'clock/skewed': entry(
    ['电脑时间不准', 'The computer’s clock is wrong'],
    [
      '电脑时间与服务器相差约 {hours} 小时。剩余时间按服务器时间计算，不受影响，但安全连接可能失败。',
      'It differs from the server by about {hours} hours. Time left is counted by the server’s clock and stays right, but secure connections may fail.',
    ],
    [
      '请在系统设置里打开“自动设置时间”，并核对时区。',
      'Turn on “set time automatically” in the system settings and check the time zone.',
    ],
  ),
  'config/invalid-url': entry(
    ['网址格式不对', 'The address is not valid'],
    ['无法识别这个网址。', 'It cannot be read as a web address.'],
    [
      '请填写完整的网址，以 https:// 开头，例如 https://relay.example.com。',
      'Enter the full address starting with https://, for example https://relay.example.com.',
    ],
  ),
  'external/not-https': entry(
    ['没有打开这个链接', 'The link was not opened'],
    [
      '本程序只在浏览器里打开 https 链接，其他链接可能不安全。',
      'The app opens only https links in the browser; others may be unsafe.',
    ],
    [
      '如果您信任它，请复制链接，自己在浏览器里打开。',
      'If you trust it, copy the link and open it in the browser yourself.',
    ],
  ),
  'network/unreachable': entry(
    ['连不上网络', 'The network cannot be reached'],
    ['电脑没有联网，或者对方服务器没有响应。', 'The computer is offline, or the server does not answer.'],
    [
      '请检查网络、代理和防火墙。已经保存的内容仍可查看，恢复后会自动继续。',
      'Check the connection, proxy and firewall. Everything stored stays readable and work goes on by itself afterwards.',
    ],
  ),
  'network/timeout': entry(
    ['等待超时', 'The server took too long'],
    ['在规定时间内没有收到回应。', 'No answer came within the time allowed.'],
    [
      '通常是网络慢，请稍后再试。发送消息时超时会标为“结果未知”，程序不会自动重发。',
      'Usually the network is slow: try again shortly. A message that times out is marked “unknown” and is never sent twice by itself.',
    ],
  ),
  'network/interrupted': entry(
    ['连接中断', 'The connection was lost'],
    [
      '请求已经发出，但没有收到回应，结果未知。',
      'The request had left but no answer came, so the outcome is unknown.',
    ],
    ['请先核对结果，再决定是否重试。', 'Check what happened before you try again.'],
  ),
  'network/cancelled': entry(
    ['操作已取消', 'The call was cancelled'],
    ['程序停止了这次请求。', 'The app stopped this request.'],
    ['需要时请再试一次。', 'Try again when you need it.'],
  ),
  'network/response-too-large': entry(
    ['回应过大', 'The answer was too large'],
    ['收到的内容超出允许的大小。', 'What came back is above the size allowed.'],
    [
      '请检查填写的地址，以及网络中是否有代理。',
      'Check the address you entered and whether a proxy is in between.',
    ],
  ),
  'network/bad-response': entry(
    ['回应无法识别', 'The answer was not understood'],
    [
      '对方的回应不是微信或中继的格式，多半来自代理或登录页面。',
      'The answer is not in the form of WeChat or the relay; it probably came from a proxy or a login page.',
    ],
    [
      '请检查网络连接和填写的地址，然后重试。',
      'Check the network connection and the address you entered, then try again.',
    ],
  ),
  'network/bad-origin': entry(
    ['接口地址无效', 'The API address is not valid'],
    [
      '地址必须以 https 开头；只有本机地址可以用 http。',
      'It has to start with https; only addresses of this computer may use http.',
    ],
    ['请改正接口地址；一般留空即可。', 'Correct the API address; normally it is left empty.'],
  ),
  'network/tls': entry(
    ['安全连接失败', 'The secure connection failed'],
    [
      '对方的证书没有通过检查：可能是电脑时间不准、公司代理拦截，或者地址填错。',
      'The server’s certificate was not accepted: the clock may be wrong, a company proxy may intercept, or the address may be mistyped.',
    ],
    [
      '请先核对电脑时间，再检查代理和地址。程序不会跳过证书检查。',
      'Check the computer’s clock first, then proxy and address. The app never skips this check.',
    ],
  ),
} as const;
