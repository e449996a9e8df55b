/** What `help` prints, and what a mistake on the command line is answered with. */
export const USAGE = `oa-desk-relay keeps the messages of WeChat Official Accounts until your computer fetches them.

Usage: oa-desk-relay [COMMAND] [OPTIONS]       from a clone: npm run relay -- [COMMAND] [OPTIONS]

Commands
  serve                Run the relay. This is what happens without a command.
  invite               Print a pairing code for one computer, good for 15 minutes.
  component            Show the third-party platform (第三方平台) of this relay.
                       component set  reads its credentials,  component remove  forgets them.
  devices              List the paired computers.  devices revoke ID  takes the access of one away.
  doctor --url URL     Check a running relay from outside, as WeChat sees it, and say what to repair.
  backup FILE          Write everything but the master key into one file, also while the relay runs.
  restore FILE         Fill an empty data folder from a backup.
  rotate-key           Encrypt all stored secrets with a new master key.
  help                 Print this.

Options of every command but doctor
  --data DIR           The data folder. Default: .oa-desk-relay in your home folder.
  --store STORE        sqlite (default), or the NATS servers of a cluster: nats://a:4222,nats://b:4222
  --nats-creds FILE    The credentials file for these servers.
  --key-file FILE      The master key. Default: OADESK_RELAY_KEY, otherwise master.key in the data folder.

serve
  --port N             Port to listen on. Default: 8787.
  --host ADDRESS       Address to listen on. Default: 127.0.0.1, for a reverse proxy on the same machine.
  --public-url URL     Where the internet reaches the relay, such as https://relay.example.com
  --tls-cert FILE      Certificate chain and key, when the relay itself speaks TLS
  --tls-key FILE       instead of a reverse proxy.
  --tunnel-port N      A port of its own for the tunnel to WeChat.
  --tunnel-host ADDR   Address for that port. Default: that of --host.
  --tunnel-url URL     Where the desktop reaches that port, such as https://relay.example.com:8443
  --egress-address IP  An address from which WeChat sees the tunnel; may be given several times.
  --keep-days N        Days that messages are kept when every computer has them. Default: 30.
  --keep-unread-days N Days that messages are kept which some computer has not fetched. Default: 90.
  --max-storage GB     Above this the oldest messages go earlier, unread ones after a warning. Default: 2.
  --durable            Refuse to run on a cluster that could lose messages in a power cut.
  --nats-monitoring URL
                       Where --durable asks: the monitoring address of each NATS server.
  --wechat-origin URL  WeChat's API, for tests against the sandbox.
  --exit-with-stdin    End when the standard input ends.

component set
  Reads four lines from the standard input, as they stand at open.weixin.qq.com:
  AppID, AppSecret, 消息校验Token, 消息加解密Key.  component set < platform.txt

invite
  --workspace NAME     Invite into another workspace; a new name makes a new one.

devices
  --workspace NAME     Those of this workspace only.
  --json               Print JSON.

doctor
  --url URL            The public address of the relay.
  --data DIR           On the relay's machine: also check its data folder, and ask with a real account's Token.
  --nats-monitoring URL  With a cluster: the monitoring address of each NATS server.
  --probe              With --data: send one message through a temporary account and remove both.
  --clock-url URL      A server whose clock is right. Default: https://api.weixin.qq.com/
  --lang zh|en         Language. Default: that of your terminal.
  --json               Print JSON.
  The exit code is 0 when nothing failed, 1 when a check failed.

rotate-key
  --new-key-file FILE  The new key. Default: OADESK_RELAY_NEW_KEY; without both, a new key is made for master.key.

Environment
  OADESK_RELAY_KEY     The master key: 64 hexadecimal digits, or base64 of 32 bytes.
  OADESK_RELAY_NEW_KEY A second master key that is also accepted, while keys are changed.
`;
