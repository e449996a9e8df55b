import type { ReportReads } from '../../port/reports';
import { missedReport } from '../missed-windows';
import type { Reads, Writes } from '../repository';

export const reads: Reads<ReportReads> = { missed: missedReport };

export const writes: Writes<object> = {};
