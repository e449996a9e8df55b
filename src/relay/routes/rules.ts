import type { FastifyInstance } from 'fastify';
import { AppError } from '#shared/app-error';
import type { Logger } from '#shared/log';
import { accountParams } from '#shared/relay/protocol';
import { replyRuleSet, type ReplyRuleSet } from '#shared/relay/reply-rules';
import type { RuleStore } from '../replies/rule-store';
import type { WorkspaceId } from '../store/port';
import type { DeviceAuth } from './auth';
import { parseInput } from './parse';

/** Bytes of a rule set as JSON: sealed, it stays below what any store takes in one piece. */
const RULES_BYTES = 400 * 1024;

export interface RuleRoutesDeps {
  readonly rules: RuleStore;
  readonly log: Logger;
  /** How the workspace has this account on the relay; null when it has not. */
  readonly modeOf: (
    workspaceId: WorkspaceId,
    appid: string,
  ) => Promise<'sealed' | 'assisted' | 'component' | null>;
}

/** PUT, GET and DELETE /v1/accounts/:appid/rules: what the relay answers by itself. */
export function ruleRoutes(app: FastifyInstance, deps: RuleRoutesDeps, auth: DeviceAuth): void {
  const { rules, log, modeOf } = deps;

  app.put('/accounts/:appid/rules', { bodyLimit: RULES_BYTES }, async (request, reply) => {
    const { appid } = parseInput(accountParams, request.params);
    const set = parseInput(replyRuleSet, request.body);
    const { workspaceId } = auth.deviceOf(request);
    const mode = await modeOf(workspaceId, appid);
    if (mode === null) throw new AppError({ code: 'relay/unknown-account' });
    if (mode === 'sealed') throw new AppError({ code: 'relay/sealed-account' });
    await rules.save({ workspaceId, appid }, set);
    log.info('rules-saved', { appid, workspace: workspaceId, version: set.version, rules: set.rules.length });
    return reply.code(204).send();
  });

  app.get('/accounts/:appid/rules', async (request): Promise<ReplyRuleSet> => {
    const { appid } = parseInput(accountParams, request.params);
    const found = await rules.read({ workspaceId: auth.deviceOf(request).workspaceId, appid });
    if (found === null) throw new AppError({ code: 'relay/not-found' });
    return found;
  });

  app.delete('/accounts/:appid/rules', async (request, reply) => {
    const { appid } = parseInput(accountParams, request.params);
    const { workspaceId } = auth.deviceOf(request);
    await rules.remove({ workspaceId, appid });
    log.info('rules-removed', { appid, workspace: workspaceId });
    return reply.code(204).send();
  });
}
