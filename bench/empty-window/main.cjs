// The floor of every desktop app: one sandboxed window of the same runtime with an empty page.
const { app, BrowserWindow } = require('electron');

app.enableSandbox();
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  void window.loadURL('data:text/html,<title>empty</title><body>ready</body>');
});
