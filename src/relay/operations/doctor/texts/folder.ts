import type { FindingTexts } from './text';

const CHOWN = {
  zh: '把整个目录交给运行中继的用户：chown -R oa-desk-relay: {path}；以后的命令也用该用户运行（sudo -u oa-desk-relay …）。',
  en: 'Give the whole folder to the user the relay runs as: chown -R oa-desk-relay: {path}, and run later commands as that user (sudo -u oa-desk-relay …).',
} as const;

/** What `relay doctor` says about the data folder, the master key, the storage and the disk. */
export const FOLDER_FINDINGS = {
  'folder/ok': {
    status: 'ok',
    cause: { zh: '{path} 只有其所有者可以读取。', en: 'Only its owner can read {path}.' },
  },
  'folder/missing': {
    status: 'fail',
    cause: {
      zh: '{path} 不是中继的数据目录，或无权读取（{reason}）。',
      en: '{path} is no data folder of a relay, or cannot be read ({reason}).',
    },
    advice: {
      zh: '检查 --data，并以运行中继的用户执行。',
      en: 'Check --data, and run this as the user the relay runs as.',
    },
  },
  'folder/open': {
    status: 'fail',
    cause: { zh: '其他用户可以读取 {path}。', en: 'Other users can read {path}.' },
    advice: {
      zh: 'chmod 700 数据目录，chmod 600 其中的文件。',
      en: 'chmod 700 the data folder and chmod 600 the files in it.',
    },
  },
  'folder/owners': {
    status: 'fail',
    cause: {
      zh: '{file} 的所有者与数据目录的不同，中继可能无法写入。',
      en: '{file} belongs to another user than the data folder; the relay may not be able to write it.',
    },
    advice: CHOWN,
  },
  'key/ok': {
    status: 'ok',
    cause: {
      zh: '能打开所有已存的密文，只有所有者可以读取。',
      en: 'It fits what is stored, and only its owner can read it.',
    },
  },
  'key/none': {
    status: 'warn',
    cause: {
      zh: '没有找到主密钥，因此没有检查它，也没有用真实账号测试。',
      en: 'No master key was found, so it was not checked, and no real account was tried.',
    },
    advice: {
      zh: '用 --key-file 指定，或设置与中继相同的 OADESK_RELAY_KEY。',
      en: 'Name it with --key-file, or set OADESK_RELAY_KEY as the relay has it.',
    },
  },
  'key/open': {
    status: 'fail',
    cause: { zh: '其他用户可以读取主密钥文件。', en: 'Other users can read the file with the master key.' },
    advice: {
      zh: 'chmod 600 该文件；若可能已被读取，请用 rotate-key 更换。',
      en: 'chmod 600 the file; change the key with rotate-key if somebody may have read it.',
    },
  },
  'key/unreadable': {
    status: 'fail',
    cause: { zh: '无法读取主密钥文件。', en: 'The file with the master key cannot be read.' },
    advice: {
      zh: '检查 --key-file，并以运行中继的用户执行。',
      en: 'Check --key-file, and run this as the user the relay runs as.',
    },
  },
  'key/bad': {
    status: 'fail',
    cause: { zh: '主密钥不是 32 字节。', en: 'The master key is not 32 bytes.' },
    advice: {
      zh: '应为 64 位十六进制数：openssl rand -hex 32。',
      en: 'It should be 64 hexadecimal digits: openssl rand -hex 32.',
    },
  },
  'key/wrong': {
    status: 'fail',
    cause: {
      zh: '数据目录是用另一个主密钥建立的。',
      en: 'The data folder was made with another master key.',
    },
    advice: {
      zh: '换回那个主密钥，或恢复与它配套的备份。',
      en: 'Put that key back, or restore the backup that belongs to this one.',
    },
  },
  'key/rotating': {
    status: 'warn',
    cause: { zh: '主密钥的更换没有完成。', en: 'A change of the master key was not finished.' },
    advice: {
      zh: '停止中继，用同一个新密钥再运行 rotate-key。',
      en: 'Stop the relay and run rotate-key again with the same new key.',
    },
  },
  'store/ok': {
    status: 'ok',
    cause: {
      zh: '数据库完好，每条消息落盘后才应答。',
      en: 'The database is whole; every message is on the disk before it is answered.',
    },
  },
  'store/damaged': {
    status: 'fail',
    cause: { zh: 'relay.db 已损坏。', en: 'relay.db is damaged.' },
    advice: {
      zh: '停止中继，移走 relay.db，恢复最近的备份。',
      en: 'Stop the relay, move relay.db away and restore the latest backup.',
    },
  },
  'store/other-version': {
    status: 'warn',
    cause: {
      zh: 'relay.db 是中继的另一个版本写的（{version}，这里是 {newest}），因此没有用真实账号测试。',
      en: 'relay.db was written by another version of the relay ({version}, here {newest}), so no real account was tried.',
    },
    advice: { zh: '用与运行中的中继相同的版本执行 doctor。', en: 'Run doctor of the version that runs.' },
  },
  'store/volatile': {
    status: 'fail',
    cause: {
      zh: '数据目录在内存中（tmpfs），断电或重启就会丢失。',
      en: 'The data folder is in memory (tmpfs); a restart loses it.',
    },
    advice: { zh: '改用磁盘上的目录。', en: 'Use a folder on a disk.' },
  },
  'store/container': {
    status: 'warn',
    cause: {
      zh: '数据目录在容器内部，删除容器就会丢失。',
      en: 'The data folder is inside of a container and goes with it.',
    },
    advice: {
      zh: '挂载卷：docker run -v oa-desk-relay:/data …',
      en: 'Mount a volume: docker run -v oa-desk-relay:/data …',
    },
  },
  'store/network': {
    status: 'fail',
    cause: {
      zh: '数据目录在网络文件系统上，SQLite 在其上可能损坏或丢失数据。',
      en: 'The data folder is on a network file system, where SQLite can be damaged or lose data.',
    },
    advice: { zh: '改用本机磁盘。', en: 'Use a local disk.' },
  },
  'store/cluster-ok': {
    status: 'ok',
    cause: {
      zh: '集群的每台 NATS 服务器都先落盘再应答。',
      en: 'Every NATS server of the cluster syncs each write to its disk before it answers.',
    },
  },
  'store/cluster-unknown': {
    status: 'warn',
    cause: {
      zh: '没有查询每一台 NATS 服务器，不知道断电时是否会丢失消息。',
      en: 'Not every NATS server was asked, so what a power cut would lose is unknown.',
    },
    advice: {
      zh: '为每台服务器给出监控地址：--nats-monitoring http://a:8222 --nats-monitoring http://b:8222 …',
      en: 'Give the monitoring address of each: --nats-monitoring http://a:8222 --nats-monitoring http://b:8222 …',
    },
  },
  'store/cluster-forgets': {
    status: 'fail',
    cause: {
      zh: '所有 NATS 服务器同时断电会丢失已应答的消息：{servers}',
      en: 'A power cut of all NATS servers would lose messages that were acknowledged: {servers}',
    },
    advice: {
      zh: '使用 NATS 2.10.23 或更新版本，并在 jetstream 段中设置 sync_interval: always。',
      en: 'Use NATS 2.10.23 or newer with sync_interval: always in the jetstream block.',
    },
  },
  'disk/ok': {
    status: 'ok',
    cause: { zh: '剩余 {free}。', en: '{free} free.' },
  },
  'disk/low': {
    status: 'warn',
    cause: { zh: '只剩 {free}。', en: 'Only {free} free.' },
    advice: {
      zh: '清理磁盘：journalctl --vacuum-size=200M，apt-get clean。',
      en: 'Make room: journalctl --vacuum-size=200M, apt-get clean.',
    },
  },
  'disk/full': {
    status: 'fail',
    cause: {
      zh: '只剩 {free}，中继即将无法存储消息。',
      en: 'Only {free} free; soon no message can be stored.',
    },
    advice: {
      zh: '立即清理磁盘：journalctl --vacuum-size=200M，apt-get clean。',
      en: 'Make room now: journalctl --vacuum-size=200M, apt-get clean.',
    },
  },
} as const satisfies FindingTexts;
