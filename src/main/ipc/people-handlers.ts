import type { peopleMethods } from '#shared/ipc/people-methods';
import type { KfService } from '../services/kf';
import type { PeopleService } from '../services/people';
import type { ReportsService } from '../services/reports';
import type { Handlers } from './router';

interface PeopleBackend {
  readonly people: PeopleService;
  readonly kf: KfService;
  readonly reports: ReportsService;
}

/** Which service answers which method about people. */
export function peopleHandlers(
  backend: () => Promise<PeopleBackend>,
): Pick<Handlers, keyof typeof peopleMethods> {
  const people = async () => (await backend()).people;
  const kf = async () => (await backend()).kf;
  const reports = async () => (await backend()).reports;

  return {
    'people.setRemark': async (input) => (await people()).setRemark(input),
    'people.setTags': async (input) => (await people()).setTags(input),
    'people.createTag': async (input) => (await people()).createTag(input),
    'people.setBlocked': async (input) => (await people()).setBlocked(input),
    'people.windows': async (input) => (await people()).windows(input),
    'people.consents': async (input) => (await people()).consents(input),
    'people.related': async (input) => (await people()).related(input),
    'kf.desk': async ({ appid }) => (await kf()).desk(appid),
    'kf.speakAs': async (input) => (await kf()).speakAs(input),
    'kf.add': async (input) => (await kf()).add(input),
    'kf.remove': async (input) => (await kf()).remove(input),
    'kf.invite': async (input) => (await kf()).invite(input),
    'kf.session': async (input) => (await kf()).session(input),
    'kf.assign': async (input) => (await kf()).assign(input),
    'reports.missed': async (input) => (await reports()).missed(input),
    'reports.exportMissed': async (input) => (await reports()).exportMissed(input),
  };
}
