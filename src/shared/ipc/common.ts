/** Shapes that inputs of several areas share. */
import { z } from 'zod';
import { appid, openid } from './models';

/** Rows of one window into a list. */
export const MAX_PAGE = 500;

export const none = z.object({}).strict();
/** Nothing to tell but that it was done. */
export const done = z.object({}).strict();
export const byAppid = z.object({ appid }).strict();
export const who = z.object({ appid, openid }).strict();
export const page = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(MAX_PAGE) };
