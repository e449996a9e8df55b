declare module 'benz-amr-recorder/src/amrnb.js' {
  /** Puts an `onmessage` on the global `self`, and answers through `self.postMessage`. */
  export default function start(): void;
}
