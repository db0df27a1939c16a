// What people tell the healer: each with who and why, each with the token, each written down.

import { el, icon, pill } from './dom.js';
import { duration, serviceName, short, until, when } from './format.js';
import { read, tell } from './api.js';
import { forget, token } from './token.js';

const TTLS = ['PT15M', 'PT30M', 'PT1H', 'PT4H', 'PT24H', 'PT168H'];
const KINDS = { pause: ['pause', 'paused'], resume: ['act', 'resumed'], rearm: ['storm', 're-armed'], approve: ['person', 'approved'] };

export function controlsView(_, { load, say, shared, render }) {
  const record = {};
  const done = {};
  const owner = {
    get: () => { try { return localStorage.getItem('selfheal-owner') ?? ''; } catch { return ''; } },
    keep: (name) => { try { localStorage.setItem('selfheal-owner', name); } catch { /* asked again the next time */ } },
  };
  const reload = () => load(record, () => read('/interventions?limit=20'));

  // One form for each thing that can be told: it knows whether it is under way and what became of it.
  function form(key, title, fields, send, words) {
    const slot = done[key] ??= {};
    const submit = async (event) => {
      event.preventDefault();
      const target = event.target;
      const given = Object.fromEntries(new FormData(target));
      owner.keep(given.owner);
      slot.ok = '';
      await load(slot, () => send(given));
      if (!slot.problem) {
        slot.ok = words(slot.value);
        say(slot.ok);
        target.reset();
        render();
        reload();
      }
    };
    return el('form', { onsubmit: submit, class: 'stack', 'data-key': key, 'aria-label': title },
      fields,
      el('div', { class: 'pair' },
        el('div', {}, el('label', { for: `${key}-owner` }, 'Who'), el('input', { id: `${key}-owner`, name: 'owner', required: true, maxlength: '100', value: owner.get(), autocomplete: 'name' })),
        el('div', {}, el('label', { for: `${key}-reason` }, 'Why'), el('input', { id: `${key}-reason`, name: 'reason', required: true, maxlength: '500', autocomplete: 'off' }))),
      el('div', { class: 'row' },
        el('button', { type: 'submit', class: 'primary', disabled: slot.loading }, slot.loading ? 'Sending …' : title),
        slot.problem ? el('p', { class: 'problem', role: 'alert' }, slot.problem) : slot.ok ? el('p', { class: 'ok' }, icon('check'), ' ', slot.ok) : null));
  }

  return {
    start: reload,
    changed: reload,
    render({ now }) {
      return [
        el('h1', {}, 'Controls'),
        el('p', { class: 'row lead', 'data-key': 'lead' },
          el('span', {}, 'Everything here asks for the token, takes effect at once, and is written down with who and why.'),
          token() ? el('button', { type: 'button', class: 'push', onclick: () => { forget(); render(); } }, 'Forget the token') : null),
        !now ? el('p', { class: 'quiet', role: 'status' }, 'Waiting for the healer to say how things are …') : [
          approvals(now, form),
          el('div', { class: 'halves', 'data-key': 'halves' },
            el('div', {}, pausing(now, form), storm(now, form)),
            el('div', {}, pauses(now, form), written(record))),
        ],
      ];
    },
  };
}

function approvals(now, form) {
  const asked = now.incidents.filter((one) => one.asked && !one.asked.grantedAt);
  return el('section', { 'aria-labelledby': 'h-asked', 'data-key': 'asked' },
    el('h2', { id: 'h-asked' }, 'Waiting for a yes'),
    !now.healer.approvals ? el('p', { class: 'empty' }, 'Nothing can be approved here: that takes HEALER_APPROVAL_KEY and HEALER_OPERATOR_TOKEN. With the key alone, the links in notices approve; without it, what takes a yes ends as a no.') : null,
    asked.length === 0
      ? (now.healer.approvals ? el('p', { class: 'empty' }, 'Nothing waits. No answer is a no.') : null)
      : el('ul', { class: 'cards' }, asked.map((one) => el('li', { class: 'card warn', 'data-key': one.id },
        el('div', { class: 'row' },
          el('h3', {}, `${one.asked.action} of ${serviceName(one.service)}`),
          pill('warn', 'clock', `ends as a no ${until(one.asked.expiresAt)}`)),
        el('p', {}, one.asked.task ? ['Task ', el('code', { title: one.asked.task }, short(one.asked.task)), ', attempt '] : 'Attempt ', String(one.asked.attempt), ' of ', el('a', { href: `#/incident/${one.id}` }, 'this incident'), '.'),
        now.healer.approvals
          ? form(`approve-${one.id}-${one.asked.attempt}`, `Approve ${one.asked.action}`, [],
            ({ owner, reason }) => tell(`/incidents/${encodeURIComponent(one.id)}/approval`, { question: one.asked.question, attempt: one.asked.attempt, expiresAt: one.asked.expiresAt, owner, reason }, 'Approving needs the token.'),
            (consent) => `${consent.action} is approved.`)
          : null))));
}

function pausing(now, form) {
  return el('section', { 'aria-labelledby': 'h-pause', 'data-key': 'pause' },
    el('h2', { id: 'h-pause' }, 'Pause'),
    el('p', { class: 'quiet' }, 'Nothing new is begun; what runs is not cut off. A pause of the same scope is replaced.'),
    form('pause', 'Pause', el('div', { class: 'pair' },
      el('div', {}, el('label', { for: 'p-scope' }, 'What'),
        el('select', { id: 'p-scope', name: 'scope' },
          el('option', { value: 'all' }, 'everything'),
          now.services.map((one) => el('option', { value: `${one.cluster}/${one.service}` }, one.service)))),
      el('div', {}, el('label', { for: 'p-ttl' }, 'For'),
        el('select', { id: 'p-ttl', name: 'ttl' }, TTLS.map((ttl) => el('option', { value: ttl, selected: ttl === 'PT30M' }, duration(ttl)))))),
    (given) => tell('/pause', given, 'Pausing needs the token.'),
    (pause) => `${pause.scope === 'all' ? 'Everything' : serviceName(pause.scope)} is paused until ${when(pause.until)}.`));
}

function pauses(now, form) {
  const unknown = now.problems.some((text) => text.startsWith('pauses'));
  return el('section', { 'aria-labelledby': 'h-pauses', 'data-key': 'pauses' },
    el('h2', { id: 'h-pauses' }, 'Paused now'),
    now.pauses.length === 0
      ? el('p', { class: 'empty' }, unknown ? 'Not known. The healer acts on nothing while it cannot read its pauses.' : 'Nothing is paused.')
      : el('ul', { class: 'cards' }, now.pauses.map((pause) => el('li', { class: 'card warn', 'data-key': pause.scope },
        el('div', { class: 'row' }, el('h3', {}, pause.scope === 'all' ? 'Everything' : serviceName(pause.scope)), pill('warn', 'pause', `ends ${until(pause.until)}`)),
        el('p', {}, pause.reason),
        el('p', { class: 'quiet' }, `${pause.owner}, since ${when(pause.since)}, until ${when(pause.until)}`),
        el('details', {}, el('summary', {}, `Resume ${pause.scope === 'all' ? 'everything' : serviceName(pause.scope)}`),
          form(`resume-${pause.scope}`, 'Resume', [],
            (given) => tell('/resume', { ...given, scope: pause.scope }, 'Resuming needs the token.'),
            (answer) => (answer.resumed ? 'The healer may act again.' : 'It was not paused any more.')))))));
}

function storm(now, form) {
  return el('section', { 'aria-labelledby': 'h-storm', 'data-key': 'storm' },
    el('h2', { id: 'h-storm' }, 'Storm'),
    !now.storm
      ? el('p', { class: 'empty' }, 'No storm waits for a person.')
      : el('div', { class: 'card bad' },
        el('p', { class: 'row' }, pill('bad', 'storm', `since ${when(now.storm.since)}`)),
        el('p', {}, now.storm.what),
        form('rearm', 'Re-arm', [],
          (given) => tell('/rearm', given, 'Re-arming needs the token.'),
          (answer) => (answer.rearmed ? 'Re-armed: the healer may begin something again.' : 'No storm stood any more.'))));
}

function written(slot) {
  return el('section', { 'aria-labelledby': 'h-written', 'data-key': 'written' },
    el('h2', { id: 'h-written' }, 'Who told it what'),
    slot.problem ? el('p', { class: 'problem', role: 'alert' }, slot.problem) : null,
    !slot.value ? (slot.problem ? null : el('p', { class: 'quiet' }, 'Loading …')) : slot.value.interventions.length === 0
      ? el('p', { class: 'empty' }, 'Nobody told it anything yet.')
      : el('ul', { class: 'plain-list' }, slot.value.interventions.map((one) => {
        const [name, word] = KINDS[one.kind] ?? ['person', one.kind];
        return el('li', {},
          el('p', { class: 'row' }, pill('plain', name, word), el('strong', { class: 'break' }, one.scope === 'all' ? 'everything' : serviceName(one.scope)), el('time', { class: 'quiet push', datetime: one.at }, when(one.at))),
          el('p', {}, one.reason),
          el('p', { class: 'quiet break' }, `${one.owner}; ${one.detail}`));
      })));
}
