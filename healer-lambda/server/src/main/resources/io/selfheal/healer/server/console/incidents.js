// Incidents with filters, page by page.

import { el, pill } from './dom.js';
import { between, serviceName, short, since, when } from './format.js';
import { read } from './api.js';
import { STATES, state } from './words.js';

const PAGE = 50;

export function incidentsView({ query }, { load, render, shared, go }) {
  const slot = {};
  const wanted = { service: query.get('service') ?? '', state: query.get('state') ?? '' };
  let rows = [];
  let next = null;
  let pages = 1;

  function address(after, limit = PAGE) {
    const ask = new URLSearchParams({ limit: String(limit) });
    if (wanted.service) ask.set('service', wanted.service);
    if (wanted.state) ask.set('state', wanted.state);
    if (after) ask.set('after', after);
    return `/incidents?${ask}`;
  }

  function first() {
    return load(slot, async () => {
      const answer = await read(address(null, Math.min(pages * PAGE, 1000)));
      rows = answer.incidents;
      next = answer.next;
      return answer;
    });
  }

  function more() {
    return load(slot, async () => {
      const answer = await read(address(next));
      rows = [...rows, ...answer.incidents];
      next = answer.next;
      pages += 1;
      return answer;
    });
  }

  function filter(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const ask = new URLSearchParams();
    for (const name of ['service', 'state']) {
      if (form.get(name)?.trim()) ask.set(name, form.get(name).trim());
    }
    const path = `#/incidents${ask.size ? `?${ask}` : ''}`;
    if (path === location.hash) {
      first();
    } else {
      go(path);
    }
  }

  return {
    start: first,
    // Something happened: those that are shown may have changed, and a new one may have come.
    changed: () => (slot.loading ? null : first()),
    render() {
      return [
        el('h1', {}, 'Incidents'),
        el('form', { class: 'filters', onsubmit: filter, role: 'search', 'aria-label': 'Filter incidents', 'data-key': 'filters' },
          el('div', {}, el('label', { for: 'f-service' }, 'Service'),
            el('input', { id: 'f-service', name: 'service', value: wanted.service, placeholder: 'all', list: 'known-services', autocomplete: 'off', spellcheck: 'false' }),
            el('datalist', { id: 'known-services' }, (shared.now?.services ?? []).map((one) => el('option', { value: one.service })))),
          el('div', {}, el('label', { for: 'f-state' }, 'State'),
            el('select', { id: 'f-state', name: 'state' },
              el('option', { value: '' }, 'all'),
              Object.entries(STATES).map(([code, { word }]) => el('option', { value: code, selected: wanted.state === code }, word)))),
          el('button', { type: 'submit', class: 'primary' }, 'Show'),
          wanted.service || wanted.state ? el('a', { href: '#/incidents' }, 'Show all') : null),
        slot.problem ? el('p', { class: 'problem', role: 'alert', 'data-key': 'problem' }, slot.problem, ' ', el('button', { type: 'button', onclick: first }, 'Try again')) : null,
        !slot.value
          ? (slot.problem ? null : el('p', { class: 'quiet', role: 'status', 'data-key': 'loading' }, 'Loading incidents …'))
          : rows.length === 0
            ? el('p', { class: 'empty', 'data-key': 'empty' }, wanted.service || wanted.state ? 'No incident matches.' : 'There was no incident yet.')
            : table(rows),
        slot.value && rows.length
          ? el('p', { class: 'row', 'data-key': 'more' },
            el('span', { class: 'quiet' }, `${rows.length} shown, the newest first.`),
            next ? el('button', { type: 'button', onclick: more, disabled: slot.loading }, slot.loading ? 'Loading …' : 'Show older ones') : el('span', { class: 'quiet' }, 'These are all.'))
          : null,
      ];
    },
  };
}

function table(rows) {
  return el('table', { class: 'list', 'data-key': 'list' },
    el('caption', { class: 'unseen' }, 'Incidents, the newest first'),
    el('thead', {}, el('tr', {}, ['Service', 'State', 'Opened', 'What was done', 'Alerts', 'Took'].map((head) => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, rows.map(row)));
}

function row(one) {
  const { word, tone, icon } = state(one.state);
  const names = [...new Set(one.alerts.map((alert) => alert.name))];
  const did = one.action ? `${one.action.kind}${one.action.task ? ` ${short(one.action.task)}` : ''}` : one.attempts ? `${one.attempts} ${one.attempts === 1 ? 'action' : 'actions'}` : 'nothing';
  return el('tr', { 'data-key': one.id },
    el('th', { scope: 'row' }, el('a', { href: `#/incident/${one.id}` }, serviceName(one.service.service))),
    el('td', {}, pill(tone, icon, word)),
    el('td', { 'data-label': 'Opened' }, el('time', { datetime: one.openedAt, title: one.openedAt }, when(one.openedAt)), ' ', el('span', { class: 'quiet' }, since(one.openedAt))),
    el('td', { 'data-label': 'Done' }, did),
    el('td', { 'data-label': 'Alerts', class: 'clip', title: names.join(', ') }, names.slice(0, 3).join(', ') || 'none', names.length > 3 ? ` and ${names.length - 3} more` : ''),
    el('td', { 'data-label': 'Took' }, one.healedAt ? between(one.openedAt, one.healedAt) : one.state === 'RESOLVED' ? between(one.openedAt, one.updatedAt) : 'open'));
}
