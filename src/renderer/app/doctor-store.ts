/** What the connection doctor found: examinations under way, and the last finished one of each account. */
import { create } from 'zustand';
import { firstCause, type Finding } from '#shared/domain/doctor/finding';
import type { Examination } from '#shared/ipc/doctor-models';
import { call, subscribe } from '../api';

interface DoctorState {
  /** By AppID, also while under way. */
  readonly latest: Readonly<Record<string, Examination>>;
  /** By AppID, examined to the end: what a list shows, so that nothing flickers during the next one. */
  readonly settled: Readonly<Record<string, Examination>>;
}

export const useDoctor = create<DoctorState>(() => ({ latest: {}, settled: {} }));

/** Takes in one examination as main tells it. */
export function applyExamination(examination: Examination): void {
  const { appid, finishedAt, cancelled } = examination;
  useDoctor.setState(({ latest, settled }) => ({
    latest: { ...latest, [appid]: examination },
    settled: finishedAt === null || cancelled ? settled : { ...settled, [appid]: examination },
  }));
}

/** Reads what is known once and follows it. Returns the disposer. */
export function followDoctor(): () => void {
  const dispose = subscribe('doctor.changed', applyExamination);
  call('doctor.examinations', {}).then(
    (examinations) => {
      // What arrived meanwhile is newer.
      const { latest } = useDoctor.getState();
      for (const one of examinations) if (!latest[one.appid]) applyExamination(one);
    },
    // The screen asks again when it is opened; a list without findings is still a list.
    () => undefined,
  );
  return dispose;
}

/** What the account's row says about its connection: the first cause, except what the row tells anyway; null for none. */
export function troubleOf(examination: Examination | undefined): Finding | null {
  const cause = firstCause(examination?.findings ?? []);
  if (cause?.state === 'failed') return cause;
  return cause?.state === 'warning' && cause.check !== 'verification' ? cause : null;
}

export function useTrouble(appid: string): Finding | null {
  const examination = useDoctor((state) => state.settled[appid]);
  return troubleOf(examination);
}
