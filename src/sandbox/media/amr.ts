import { createRandom } from '../random';

/** Four seconds of hummed syllables in the 4.75 kbit/s mode: 13 bytes per frame, 50 frames per second. */
const SPEECH = [
  'BJ2fS//owfP8Idrs4gQZO7Gt5PL7TK/584AEG5Y7beiyAnLCVz2cBBlmOn3knprSYRDTUARGljrb6J1Chx2CUWwEnTs+u9RrGo5zi6diBEaW',
  'Qr7I1lLMIMxNxgTAV0OtuBYiauEdQkwERpZGrtiiUqy3+LhsBJ07Rq2kkEtOkSBIgARGlkLbOPQywzAAxcYEq9A/D+6pocSj2hjEBOfQK6r4',
  'vdpK3OsvdgS10C6tvl7QzPms1XIE59Ax6+TbIyLVEkLCBLXQM3+e+xB0gYANSgTn0Dbu2OXapqHZSugE59A6u+5zEMx07L+qBLXQO2u0wyJQ',
  'mtgzpATn0DmrVK8zCsQYGN4ETmM6aOb39vUgWnAIBI78M67bOpRKhXvBpASO/DN+1llWNFUwJCAEjvw2rrhSkkrPh4ESBI54Oe7mkPaExeKD',
  'TASO/Drte6NkwLTHJYgEjmY6vqbftqw7JXQ2BI78Pq3biYTM1lhKHgTZZj9ttsh2cPOpOwQEjng/XFuqhDN4sTyMBI5msvALDjVN8oEuIgRj',
  'Zx/wQ4g5/+zACAgEN+rH8G0EM//gAAAABDY8x/BnBDX/4AAAAASN0z8P6CHzhSD6DCgEGuMuvrTP6i5xTLwoBFsyL674z0JNklAVjARbMjOt',
  'xN2kCv+F1UAEWzI2e6RlatIMqueIBAEyNp30leTvA4eaYgRbMqJ6uIQCkEbUy4YEXwIyq6SKKu6UDu4qBFZaPz/o0AMiQ+UgVgQbOza71DPa',
  'zhwbVtoEGVc3rrhXQkroKgiWBJ2iOq/k4WvpxYGqKARGlrKt6K4iiLkb9eIEnWZBrrRWm2jC4g34BEaW6q3I1ULIzYmO8gSdoj6t1K3azumZ',
  'nloEGZY+bdihY9rbrBygBJ2iOqq433LIv5xlCgQZljp+5J5Ksjv4aEIERqI6rahuMujUVBzyBEaWsrk4fSKKQYJNGAQZZkDwCwDUP+QAm2QE',
  'NmfH8EOEOf/2AAAQBP/qx/BtBDP/4AAAAAQ2PMfwZwQ1/+AAAAAE/xjH8G0EM//gAAAABDY8x/BnBDX/4AAAAAT/GMfwbQQz/+AAAAAENjzH',
  '8GcENf/gAAAABAGMSw/offPEwXdgJARgVz+q22tkSlF8BXoEAZ9Df7jGYjLQvzqCBGBXR27ooqJbOYsYwAQan0m62KdDakmIgM4EGldHe+id',
  'YlJMSxKkBBqfRm24rUP7B3CP8gQBV0Z72Ili1GACAooEYJ9Ha/SQWnFTtQTcBAFXQtqYbDLHBccGyAS10D8P4HQpbCnXwNgE59Azq9h5WkiS',
  'ypVUBEjQOqvucxDugBiHBATn0Dq+xK+SrAZ5C5QESNA7rtVd5kp4H4WUBOfQPqvnmyaq/36J+gRI0D6qJXjGjruxhwwEGPs8b7h3kjLpRCis',
  'BGCiKd/k3OvnQE80oATAVy5t6KBinS0EYh4EwDsurdtxROzCjD8OBJ2WLu3YooLCzQKpCASdli69uM5i0CQ6nQwEIZYyvvhaYsg/CEvGBBlX',
  'M6frOTQKqCtVxgQhljapWKeCqKyoaqgEWko3L+RRJTT599kGBAECpa248vLKrsqUPgRb4zKvpNzrbMIZYiAEXwIyrui6QujQyOUSBAEyMprk',
  'mMrd8FmlrARbMjattFFErKHTEowEATI3quhXskyuzJrcBFvjOeu43FNAqmq8egQBaDt91I6qUCKIl/wEW+Oy1TjusuVQprmcBAECsXAEDPTn',
  '5AgBOgT+KMfwQ4Q5/+ygEYgENxjH8G0EM//gAAAABDY8x/BnBDX/4AAAAAT/GMfwbQQz/+AAAAAENjzH8GcENf/gAAAABPNjTw/m2feg4Ops',
  'QASOZj+9u9ikSkIpxdgERZ9DrqbmZiyDr3NwBI78Rq7rklTqmtWs5gRFV0Z35jK29HbTRoIEjvxDbrtWVHDB4YwqBEVXQqvmlHaslhivCgSO',
  '/D6ty1iliT2IGjIE2VdCqngEUo7tlEGeBBg7QCzkxSpEJUUvxASdV0d+2KLiNC2sRMAEwFdGqthd8k3RcYyUBMBXSq7UqrpJPGy3wgTAV0qq',
  'uFuS7K6tVEIEwFdKd+g6ktQ9efvqBMCWSmfo0OOOvISS+ASdV/Kq2FHyiIatFIgEwJZGm+jQYt3M8HnKBJ1XRnvYgWPyURecvgTAV0ar5F9r',
  'S/tAGCoEwFdH3rheYmUmN1qIBJ2WTq7YVlLq02ZYUgTAV1KbuMMCiUkQwqAEnZZSqViRguqg+gI2BGcXULAIEyJ34JCRDgT+I7/wAwS5/+sg',
  'GIAEN4HH9A0GM//gAAAABDaYx/YHBDX/4AAAAAT/gcf2DQQz/+AAAAAENpjH9gcENf/gAAAABP+Bx/YNBDP/4AAAAAQ2mMf2BwQ1/+AAAAAE',
  '/4HH9g0EM//gAAAABDaYx/YHBDX/4AAAAAT/gcf2DQQz/+AAAAAENpjH9gcENf/gAAAABKvQJ/b4fDv/oADiIATn0C9+ru3gSkOEY+IEtdYv',
  'r6Q/Ii6FMqOGBOfQMd73i6dVR5kL0gS10Kau5F4yzNNUUOgE09A7fe4zsBRJDtgkBLXQOq7UXPKIqaKojgTT0LKrnswg7KovM4IEPIw7azs+',
  'JFZkCdiYBGf8O1/Ym6JVoEMBkgRnnzpt6N6iOdJlnK4EZ/yuraRxeqz94w/sBGefO66oY2JsyFdwxARnsTre6J5iwTcGQYAEAVc/btvqVDPR',
  'D0m6BGCfQrvYpVNKeXR12gQBV0attMHKqqPwWxAEYJ9GvrhSYqIYALxKBAFXRnyU8pr0VgqXAARgvUXlyJazR6LFZB4EW9NB27T79WLqsrvm',
  'BAEyP27Yq8I2kS1kygQBMkHr5Kc1RKiPX5QEATJC66jlUqS10bDUBAFoRqvk4Gr88Xn2MgQBaEa36D8CDGEkAzIEAWhK1+Q5+sVK7QAIBAFo',
  'S2uYyCJQkhGW5gQhKk3ZyJeDZKgs7mAEwJZObrh24lXvEPeSBMCTSb3kjftAf8BdOATAV0nX6LqjJQMtvQYEwFdKrrgZQqzR04SkBMBXSr7k',
  'OmqiOJiXDASdlk7tuMnipsu5d+QEnTtSvtSj2pQ6qJ4MBJ2WUqvI3pKKu0Rt8ASdO1KqZNp6rP0Fv24EnZZSrqh9YqzWeq5QBMCWUq6ocnLK',
  'oFFOGgSdV05q6JXTvQQYlZAEwJZOvdSk2uxhDQiaBJ1XTqrI12LrkQ4LlASdlk+qeHpSMuwKMKQEnTtSr6ROWqqloQgqBJ2WVqo4+DKM4Nbx',
  'NARGO1fQBAmL+eAgorQE/iPH8QMEOf/2ABkABDeBx/QNBjP/4AAAAAQ2mMf2BwQ1/+AAAAAE/4HH9g0EM//gAAAABDaYx/YHBDX/4AAAAAT/',
  'gcf2DQQz/+AAAAAENpjH9gcENf/gAAAABP+Bx/YNBDP/4AAAAAQ2mMf2BwQ1/+AAAAAE/4HH9g0EM//gAAAABDaYx/YHBDX/4AAAAA==',
].join('');
const FRAME = 13;
const FRAMES_PER_SECOND = 50;
const HEADER = '#!AMR\n';

/** A voice message of `seconds` in WeChat's own format, AMR at 8 kHz; the same name gives the same sound. */
export function encodeAmr(name: string, seconds: number): Buffer {
  const frames = Buffer.from(SPEECH, 'base64');
  const block = FRAME * FRAMES_PER_SECOND;
  const blocks = Math.floor(frames.length / block);
  const random = createRandom('voice', name);
  const parts = Array.from({ length: seconds }, () => {
    const at = random.between(0, blocks - 1) * block;
    return frames.subarray(at, at + block);
  });
  return Buffer.concat([Buffer.from(HEADER, 'latin1'), ...parts]);
}
