/**
 * Runs in the page. Times are from the moment that the system says the person acted (`timeStamp` of the event) to the end of
 * the page's work on the frame that shows the answer: a task behind `requestAnimationFrame` runs when style, layout and paint of
 * that frame are done. What the compositor does after that is the same for every page and not in it.
 */
window.probe = (() => {
  /** Of a frame that is being made: its style, layout and paint are done. */
  const behindFrame = (then) => {
    const { port1, port2 } = new window.MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(null);
  };
  const painted = (then) => window.requestAnimationFrame(() => behindFrame(then));
  const inside = (element, box) => {
    const [one, other] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    return one.height > 0 && one.bottom > other.top && one.top < other.bottom;
  };
  const seen = (element, box) =>
    inside(element, box) && element.checkVisibility({ visibilityProperty: true });

  /** A bubble that reads `text` is on screen. */
  const chatShows = (text) => {
    const log = document.querySelector('[role="log"]');
    return [...(log?.querySelectorAll('article') ?? [])].some(
      (bubble) => bubble.textContent.includes(text) && seen(bubble, log),
    );
  };
  /** No row on screen waits for its content. */
  const rowsShow = () => {
    const list = document.querySelector('[role="listbox"]');
    const rows = [...list.querySelectorAll('[role="option"]')].filter((row) => seen(row, list));
    const height = rows.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0);
    return height >= list.clientHeight && rows.every((row) => row.textContent !== '');
  };
  /** What a frame is about to show is looked at in its own callback, so that no other frame is counted. */
  const from = (startedAt, shows, resolve) => {
    const look = () => {
      if (shows()) behindFrame((at) => resolve(at - startedAt));
      else window.requestAnimationFrame(look);
    };
    window.requestAnimationFrame(look);
  };

  let outcome = null;
  let keys = [];
  let frames = null;
  let pressedAt = 0;
  window.addEventListener('keydown', ({ timeStamp }) => (pressedAt = timeStamp), { capture: true });
  // Behind the page's own listeners: what it does at once with the character is done.
  window.addEventListener('input', () => {
    const press = pressedAt;
    const handled = performance.now() - press;
    painted((at) => keys.push({ handled, painted: at - press }));
  });
  return {
    /** The next click is one that leads to a chat which shows `text`. */
    expectChat(text) {
      outcome = new Promise((resolve) => {
        const onClick = ({ timeStamp }) => from(timeStamp, () => chatShows(text), resolve);
        window.addEventListener('click', onClick, { capture: true, once: true });
      });
    },
    outcome: () => outcome,
    /** Scrolls the list so far at once, as its scroll bar does. */
    jump: (top) =>
      new Promise((resolve) => {
        document.querySelector('[role="listbox"]').scrollTop = top;
        from(performance.now(), rowsShow, resolve);
      }),
    /** From each key press to the frame with its character. */
    watchKeys: () => (keys = []),
    keys: () => keys,
    /** Gaps between frames. */
    watchFrames() {
      const gaps = [];
      frames = gaps;
      let before = null;
      const look = (at) => {
        if (frames !== gaps) return;
        if (before !== null) gaps.push(at - before);
        before = at;
        window.requestAnimationFrame(look);
      };
      window.requestAnimationFrame(look);
    },
    frames() {
      const gaps = frames;
      frames = null;
      return gaps;
    },
  };
})();
