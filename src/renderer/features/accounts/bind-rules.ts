/** What a person may type into the manual door, checked before WeChat or the relay is asked. */
import type { Input } from '#shared/ipc/contract';
import type { Account } from '#shared/ipc/models';

export interface BindForm {
  readonly name: string;
  readonly appid: string;
  readonly secret: string;
  readonly region: 'mainland' | 'overseas';
  readonly kind: Account['kind'];
  readonly relayUrl: string;
  readonly pairingCode: string;
  readonly apiOrigin: string;
  /** Empty: a new key is made. */
  readonly encodingAESKey: string;
  /** Empty: a new one is made. */
  readonly callbackToken: string;
}

export const EMPTY_BIND_FORM: BindForm = {
  name: '',
  appid: '',
  secret: '',
  region: 'mainland',
  kind: 'subscription',
  relayUrl: '',
  pairingCode: '',
  apiOrigin: '',
  encodingAESKey: '',
  callbackToken: '',
};

export type BindComplaint =
  | 'errName'
  | 'errNameLong'
  | 'errAppid'
  | 'errAppidOriginal'
  | 'errSecret'
  | 'errAes'
  | 'errToken'
  | 'errRelay'
  | 'errUrl'
  | 'errUrlParts'
  | 'errCode';

const NAME_MAX = 40;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function addressComplaint(text: string): BindComplaint | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'errUrl';
  }
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!allowed) return 'errUrl';
  return url.username || url.password || url.search || url.hash ? 'errUrlParts' : null;
}

const RULES: { readonly [F in keyof BindForm]: (value: string) => BindComplaint | null } = {
  name: (value) => (value === '' ? 'errName' : [...value].length > NAME_MAX ? 'errNameLong' : null),
  appid: (value) => {
    if (/^wx[0-9a-f]{16}$/.test(value)) return null;
    return value.startsWith('gh_') ? 'errAppidOriginal' : 'errAppid';
  },
  secret: (value) => (/^[0-9a-f]{32}$/i.test(value) ? null : 'errSecret'),
  region: () => null,
  kind: () => null,
  relayUrl: (value) => (value === '' ? 'errRelay' : addressComplaint(value)),
  pairingCode: (value) => (value === '' ? 'errCode' : null),
  apiOrigin: (value) => (value === '' ? null : addressComplaint(value)),
  encodingAESKey: (value) => (value === '' || /^[A-Za-z0-9]{43}$/.test(value) ? null : 'errAes'),
  callbackToken: (value) => (value === '' || /^[A-Za-z0-9]{3,32}$/.test(value) ? null : 'errToken'),
};

/** The first thing wrong with one field, or null. Blanks around a pasted value do not count. */
export function bindComplaint(field: keyof BindForm, value: string): BindComplaint | null {
  return RULES[field](value.trim());
}

/** The form as main takes it. */
export function toBindInput(form: BindForm): Input<'accounts.bind'> {
  const apiOrigin = form.apiOrigin.trim();
  const encodingAESKey = form.encodingAESKey.trim();
  const callbackToken = form.callbackToken.trim();
  return {
    name: form.name.trim(),
    appid: form.appid.trim(),
    secret: form.secret.trim(),
    region: form.region,
    kind: form.kind,
    relayUrl: form.relayUrl.trim().replace(/\/+$/, ''),
    pairingCode: form.pairingCode.trim(),
    ...(encodingAESKey ? { encodingAESKey } : {}),
    ...(callbackToken ? { callbackToken } : {}),
    ...(apiOrigin ? { apiOrigin: apiOrigin.replace(/\/+$/, '') } : {}),
  };
}
