/** Longest text WeChat takes in one customer-service message, bytes of UTF-8 (45002 above). */
export const TEXT_LIMIT_BYTES = 2048;
