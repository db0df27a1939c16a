// Listens to the healer's events. Read with fetch, since an EventSource cannot send the token in a header.

import { ask } from './api.js';
import { NoToken } from './token.js';

// The healer says something every five seconds; after three times that long it is cut off.
const SILENCE = 15_000;
const LONGEST_WAIT = 10_000;

export function listen({ onNow, onState }) {
  let wait = 500;
  let stop = new AbortController();

  async function run() {
    for (;;) {
      try {
        await once();
        onState('lost', 'The healer hung up.');
      } catch (e) {
        if (e instanceof NoToken) {
          onState('closed', 'Reading needs the token.');
          return;
        }
        onState('lost', e.name === 'AbortError' ? 'Nothing was heard for 15 s.' : e.message);
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  async function once() {
    stop = new AbortController();
    let timer = 0;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), SILENCE);
    };
    heard();
    try {
      const response = await ask('/events', { headers: { Accept: 'text/event-stream' }, signal: stop.signal });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          return;
        }
        heard();
        text += value;
        const messages = text.split('\n\n');
        text = messages.pop();
        messages.forEach(message);
        wait = 500;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  function message(text) {
    const data = text.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n');
    if (data) {
      onNow(JSON.parse(data));
      onState('live', '');
    }
  }

  run();
}
