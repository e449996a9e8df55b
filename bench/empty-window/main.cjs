// The floor of every desktop app: one sandboxed window of the same runtime with an empty page.
const { app, BrowserWindow } = require('electron');

// As root Chromium's own sandbox is off by command line, and asking for it again would end every child process.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  void window.loadURL('data:text/html,<title>empty</title><body>ready</body>');
});
