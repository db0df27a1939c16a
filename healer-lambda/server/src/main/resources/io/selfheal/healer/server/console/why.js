// Why did it act, or not: a service and a time, every signal, and what was decided after it.

import { el } from './dom.js';
import { clock, day, serviceName, when } from './format.js';
import { read } from './api.js';
import { reason } from './words.js';

const WINDOWS = [['PT15M', 'the last 15 minutes'], ['PT1H', 'the last hour'], ['PT24H', 'the last day'], ['P7D', 'the last 7 days']];
const AROUND = 10 * 60_000;

export function whyView({ query }, { load, shared, go }) {
  const slot = {};
  const wanted = { service: query.get('service') ?? '', since: query.get('since') ?? 'PT1H', at: query.get('at') ?? '' };
  let signals = [];

  function address(after) {
    const ask = new URLSearchParams({ service: wanted.service, limit: '50' });
    if (wanted.at) {
      ask.set('since', new Date(Date.parse(wanted.at) - AROUND).toISOString());
      ask.set('until', new Date(Date.parse(wanted.at) + AROUND).toISOString());
    } else {
      ask.set('since', wanted.since);
    }
    if (after) ask.set('after', after);
    return `/why?${ask}`;
  }

  const first = () => wanted.service && load(slot, async () => {
    const answer = await read(address(null));
    signals = answer.signals;
    return answer;
  });
  const more = () => load(slot, async () => {
    const answer = await read(address(slot.value.next));
    signals = [...signals, ...answer.signals];
    return { ...answer, ignored: slot.value.ignored };
  });

  function submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const ask = new URLSearchParams({ service: form.get('service').trim() });
    const at = form.get('at');
    if (at) {
      ask.set('at', new Date(at).toISOString());
    } else {
      ask.set('since', form.get('since'));
    }
    const path = `#/why?${ask}`;
    if (path === location.hash) {
      first();
    } else {
      go(path);
    }
  }

  return {
    start: first,
    changed: () => (slot.loading || wanted.at || slot.value?.next ? null : first()),
    render() {
      return [
        el('h1', {}, 'Why'),
        el('p', { class: 'lead' }, 'Every signal about a service, and why the healer acted on it or did not.'),
        el('form', { class: 'filters', onsubmit: submit, role: 'search', 'aria-label': 'Service and time', 'data-key': 'filters' },
          el('div', {}, el('label', { for: 'w-service' }, 'Service'),
            el('input', { id: 'w-service', name: 'service', required: true, value: wanted.service, list: 'why-services', autocomplete: 'off', spellcheck: 'false' }),
            el('datalist', { id: 'why-services' }, (shared.now?.services ?? []).map((one) => el('option', { value: one.service })))),
          el('div', {}, el('label', { for: 'w-since' }, 'Time'),
            el('select', { id: 'w-since', name: 'since' }, WINDOWS.map(([value, text]) => el('option', { value, selected: value === wanted.since }, text)))),
          el('div', {}, el('label', { for: 'w-at' }, 'or 10 minutes around'),
            el('input', { id: 'w-at', name: 'at', type: 'datetime-local', step: '1', value: wanted.at ? local(wanted.at) : '' })),
          el('button', { type: 'submit', class: 'primary' }, 'Explain')),
        slot.problem ? el('p', { class: 'problem', role: 'alert', 'data-key': 'problem' }, slot.problem) : null,
        !wanted.service
          ? suggestions(shared.now)
          : !slot.value
            ? (slot.problem ? null : el('p', { class: 'quiet', role: 'status', 'data-key': 'loading' }, 'Loading …'))
            : answer(slot, signals, more),
      ];
    },
  };
}

function local(instant) {
  return `${day(instant)}T${clock(instant)}`;
}

function suggestions(now) {
  const names = now?.services ?? [];
  return el('p', { class: 'empty', 'data-key': 'none' }, names.length ? 'Choose a service: ' : 'Name a service.',
    names.slice(0, 12).map((one, i) => [i ? ', ' : '', el('a', { href: `#/why?service=${encodeURIComponent(`${one.cluster}/${one.service}`)}&since=PT1H` }, one.service)]));
}

function answer(slot, signals, more) {
  const { service, since, until, ignored, next } = slot.value;
  return [
    el('p', { class: 'quiet', 'data-key': 'span' }, `${serviceName(service)}, from ${when(since)} to ${when(until)}`),
    signals.length === 0
      ? el('p', { class: 'empty', 'data-key': 'empty' }, 'No signal about this service came in that time, so there was nothing to decide.')
      : el('ol', { class: 'cards', 'data-key': 'signals' }, signals.map(signal)),
    next ? el('p', { 'data-key': 'more' }, el('button', { type: 'button', onclick: more, disabled: slot.loading }, slot.loading ? 'Loading …' : 'Show later ones')) : null,
    ignored.length === 0 ? null : el('section', { 'data-key': 'ignored' },
      el('h2', {}, 'Signals that opened nothing'),
      el('p', { class: 'quiet' }, 'What they are about was over already. The last 200 since this healer started.'),
      el('ul', { class: 'plain-list' }, ignored.map((one) => el('li', {}, el('time', { datetime: one.at }, when(one.at)), ` ${one.signal}: ${reason(one.reason)} `, el('code', { class: 'quiet' }, one.reason))))),
  ];
}

function signal(one, i) {
  return el('li', { class: 'card plain', 'data-key': `${one.incident} ${one.at} ${i}` },
    el('div', { class: 'row' }, el('h2', { class: 'small break' }, one.signal), el('time', { class: 'quiet push', datetime: one.at, title: one.at }, when(one.at))),
    el('p', {}, el('span', { class: 'quiet' }, 'Then: '), one.answer),
    one.followed
      ? el('p', { class: 'quiet' }, el('code', {}, one.followed.reason), ` ${reason(one.followed.reason)}`, one.followed.policy ? ` · ${one.followed.policy}` : '', ` · ${when(one.followed.at)}`)
      : null,
    one.standing && !one.followed ? el('p', { class: 'quiet' }, 'in force: ', el('code', {}, one.standing.reason)) : null,
    el('p', {}, el('a', { href: `#/incident/${one.incident}` }, 'the incident', el('span', { class: 'unseen' }, ` ${one.incident}`))));
}
