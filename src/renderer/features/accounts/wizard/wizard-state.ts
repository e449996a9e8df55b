/** Where the person is in connecting an account by hand, and which steps are open to them. */
import { BINDING_STEPS, type BindingDraft, type BindingStep } from '#shared/ipc/binding-models';
import { EMPTY_BIND_FORM, type BindForm } from '../bind-rules';

export interface WizardPlace {
  readonly step: BindingStep;
  readonly form: BindForm;
  /** AppID of the account that came of it; null before WeChat accepted it. */
  readonly bound: string | null;
}

export const FIRST_PLACE: WizardPlace = { step: 'relay', form: EMPTY_BIND_FORM, bound: null };

const indexOf = (step: BindingStep): number => BINDING_STEPS.indexOf(step);

/** The place as it is kept: without AppSecret, EncodingAESKey and pairing code. */
export function draftOf({ step, form, bound }: WizardPlace): BindingDraft {
  const { name, appid, region, kind, relayUrl, apiOrigin } = form;
  return { step, name, appid, region, kind, relayUrl, apiOrigin, bound };
}

/**
 * Where to go on. Before the account is bound nothing works without its relay, so an unpaired one leads back to the first
 * step; an account that has left meanwhile leads back to its credentials. Who begins finds the relay that is paired.
 */
export function placeOf(
  draft: BindingDraft | null,
  pairedRelays: readonly string[],
  boundAppids: readonly string[],
): WizardPlace {
  if (draft === null) {
    const [relayUrl = ''] = pairedRelays;
    return { ...FIRST_PLACE, form: { ...EMPTY_BIND_FORM, relayUrl } };
  }
  const { step, bound, ...typed } = draft;
  const form = { ...EMPTY_BIND_FORM, ...typed };
  const isBound = bound !== null && boundAppids.includes(bound);
  if (isBound) return { step: laterOf(step, 'mode'), form, bound };
  const isPaired = pairedRelays.includes(relayOriginOf(form.relayUrl));
  return { step: isPaired ? earlierOf(step, 'credentials') : 'relay', form, bound: null };
}

function laterOf(one: BindingStep, other: BindingStep): BindingStep {
  return indexOf(one) > indexOf(other) ? one : other;
}
function earlierOf(one: BindingStep, other: BindingStep): BindingStep {
  return indexOf(one) < indexOf(other) ? one : other;
}

/** How main names a relay that was typed; the text itself when it is no address. */
export function relayOriginOf(text: string): string {
  try {
    return new URL(text.trim()).origin;
  } catch {
    return text.trim();
  }
}

/** Before binding: back to what was done. After it: anywhere among what is still to be decided. */
export function isStepOpen(step: BindingStep, reached: BindingStep, bound: string | null): boolean {
  if (bound !== null) return indexOf(step) >= indexOf('mode');
  return indexOf(step) <= indexOf(reached);
}

export function furthest(one: BindingStep, other: BindingStep): BindingStep {
  return laterOf(one, other);
}
