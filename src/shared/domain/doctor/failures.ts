/** Which kind of trouble an error is. */
import type { AppErrorData } from '../../app-error';

export function errcodeOf(error: AppErrorData): number | null {
  if (error.errcode !== undefined) return error.errcode;
  const digits = /^wechat\/(-?\d+)$/.exec(error.code)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** No server answered: the network of this computer, or of that server, is away. */
export function isSilence(error: AppErrorData): boolean {
  return (
    error.code === 'relay/unreachable' ||
    (error.code.startsWith('network/') && error.code !== 'network/tls' && error.code !== 'network/bad-origin')
  );
}

/** The relay, or its tunnel, stands in the way of the token. */
export function isOfRelay(error: AppErrorData): boolean {
  return /^(tunnel|relay)\//.test(error.code);
}

/** WeChat does not know the address of the caller. */
export function isAddressRefusal(error: AppErrorData): boolean {
  const errcode = errcodeOf(error);
  return errcode === 40164 || errcode === 61004 || errcode === 45035;
}

/** WeChat waits for the administrator's word on the phone (auth-direct §5). */
export function isConfirmation(error: AppErrorData): boolean {
  const errcode = errcodeOf(error);
  return errcode !== null && errcode >= 89501 && errcode <= 89507;
}

/** WeChat says that the account lacks the right, or has lost it. */
export function isMissingRight(error: AppErrorData): boolean {
  const errcode = errcodeOf(error);
  return errcode === 48001 || errcode === 61016 || errcode === 50001;
}

const CONNECTION_ERRCODES: ReadonlySet<number> = new Set([
  40001, 40013, 40014, 40125, 40164, 40243, 42001, 42007, 45009, 45035, 48001, 48004, 50002, 50004, 50007,
  61003, 61004, 61005, 61006, 61007, 61016, 61023, 89501, 89502, 89503, 89504, 89505, 89506, 89507,
]);

/** After such a failure of any call it is worth examining the whole connection. */
export function isConnectionError(error: AppErrorData): boolean {
  const errcode = errcodeOf(error);
  if (errcode !== null) return CONNECTION_ERRCODES.has(errcode);
  return isOfRelay(error) || error.code === 'account/secret-missing' || error.code === 'network/tls';
}
