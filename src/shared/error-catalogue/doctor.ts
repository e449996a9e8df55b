/** What the connection doctor finds, with the exact fix. */
import { DOCTOR_AES_TEXTS } from './doctor/aes';
import { DOCTOR_CALLBACK_TEXTS } from './doctor/callback';
import { DOCTOR_CLOCK_TEXTS } from './doctor/clock';
import { DOCTOR_EXAMINATION_TEXTS } from './doctor/examination';
import { DOCTOR_PERMISSION_TEXTS } from './doctor/permissions';
import { DOCTOR_QUOTA_TEXTS } from './doctor/quota';
import { DOCTOR_TOKEN_TEXTS } from './doctor/token';
import { DOCTOR_VERIFICATION_TEXTS } from './doctor/verification';

export const DOCTOR_TEXTS = {
  ...DOCTOR_EXAMINATION_TEXTS,
  ...DOCTOR_CLOCK_TEXTS,
  ...DOCTOR_TOKEN_TEXTS,
  ...DOCTOR_CALLBACK_TEXTS,
  ...DOCTOR_AES_TEXTS,
  ...DOCTOR_PERMISSION_TEXTS,
  ...DOCTOR_VERIFICATION_TEXTS,
  ...DOCTOR_QUOTA_TEXTS,
} as const;
