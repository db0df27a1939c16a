// One incident as a timeline: signal, evidence, decision with its reason, action, verification.

import { el, icon, pill } from './dom.js';
import { between, clock, day, lasting, serviceName, short, since, when } from './format.js';
import { read, readText } from './api.js';
import { EVENTS, evidenceIn, reason, state, traceIn } from './words.js';

// Metrics and logs of a while before and after say how it was meant to look.
const AROUND = 5 * 60_000;

export function incidentView({ id }, { load, shared }) {
  const slot = {};
  const draft = {};
  const reload = () => load(slot, () => read(`/incidents/${encodeURIComponent(id)}`));
  const postmortem = () => load(draft, () => readText(`/incidents/${encodeURIComponent(id)}/postmortem`));

  return {
    start: reload,
    changed: () => (slot.loading || slot.value?.state === 'RESOLVED' ? null : reload()),
    render({ now }) {
      const one = slot.value;
      return [
        el('p', { 'data-key': 'back' }, el('a', { href: '#/incidents' }, 'All incidents')),
        slot.problem ? el('p', { class: 'problem', role: 'alert', 'data-key': 'problem' }, slot.problem, ' ', el('button', { type: 'button', onclick: reload }, 'Try again')) : null,
        one ? [
          head(one),
          el('div', { class: 'split', 'data-key': 'split' },
            el('div', { class: 'wide' }, timeline(one)),
            el('div', { class: 'side' }, times(one), links(one, now?.healer.links), alerts(one))),
          report(one, draft, postmortem),
        ] : slot.problem ? null : [el('h1', { class: 'unseen' }, 'Incident'), el('p', { class: 'quiet', role: 'status' }, 'Loading the incident …')],
      ];
    },
  };
}

function head(one) {
  const { word, tone, icon: name, says } = state(one.state);
  return el('div', { class: 'heading', 'data-key': 'head' },
    el('h1', {}, `Incident of ${one.service.service}`),
    el('p', { class: 'row' }, pill(tone, name, word), el('span', {}, says), el('code', { class: 'quiet' }, one.id)));
}

// ---- the story

function timeline(one) {
  const began = one.timeline[0]?.at ?? one.openedAt;
  return el('section', { 'aria-labelledby': 'h-line' },
    el('h2', { id: 'h-line' }, 'What happened'),
    el('ol', { class: 'timeline' }, one.timeline.flatMap((entry, i) => steps(entry, i, began))));
}

function steps(entry, i, began) {
  const kind = EVENTS[entry.event] ?? { step: entry.event, icon: 'question', tone: 'plain' };
  const { why, grounds } = entry.event === 'SIGNAL' ? { why: entry.detail, grounds: [] } : evidenceIn(entry.detail);
  const title = entry.reason === 'VERIFIED' ? 'Verification: well, resolved' : kind.step;
  const decision = step({ key: `${i}`, ...kind, step: title, entry, began },
    el('p', {}, why),
    entry.action ? el('p', { class: 'quiet' }, entry.action.kind, entry.action.task ? [' of task ', el('code', { title: entry.action.task }, short(entry.action.task))] : '') : null,
    el('p', { class: 'quiet' },
      el('code', {}, entry.reason), ` ${reason(entry.reason)}`,
      entry.policy ? ` · ${entry.policy}` : '',
      entry.saved ? '' : ' · saved with the next write'));
  return grounds.length === 0 ? [decision] : [
    step({ key: `${i} evidence`, step: 'Evidence', icon: 'search', tone: 'plain', entry, began },
      el('ul', {}, grounds.map((ground) => el('li', {}, ground)))),
    decision,
  ];
}

function step({ key, step: title, icon: name, tone, entry, began }, ...content) {
  return el('li', { class: `step ${tone}`, 'data-key': key, 'data-event': entry.event },
    el('span', { class: 'dot' }, icon(name)),
    el('div', { class: 'row' },
      el('h3', {}, title),
      el('time', { class: 'quiet push', datetime: entry.at, title: entry.at }, clock(entry.at, true), ` +${lasting(Math.max(0, Date.parse(entry.at) - Date.parse(began)))}`)),
    content);
}

// ---- beside it

function times(one) {
  const over = one.state === 'RESOLVED';
  return el('section', { 'aria-labelledby': 'h-times' },
    el('h2', { id: 'h-times' }, 'Times'),
    el('dl', { class: 'facts' },
      el('dt', {}, 'First signal'), el('dd', {}, `${day(one.detectedAt)} ${clock(one.detectedAt)}`),
      el('dt', {}, 'First action'), el('dd', {}, one.actedAt ? `after ${between(one.detectedAt, one.actedAt)}` : 'none'),
      el('dt', {}, 'Well again'), el('dd', {}, one.healedAt ? `after ${between(one.detectedAt, one.healedAt)}` : over ? 'by itself' : 'not yet'),
      el('dt', {}, over ? 'Resolved' : 'Last change'), el('dd', {}, over ? `after ${between(one.detectedAt, one.updatedAt)}` : since(one.updatedAt)),
      el('dt', {}, 'Actions'), el('dd', {}, String(one.attempts))));
}

function alerts(one) {
  return el('section', { 'aria-labelledby': 'h-alerts' },
    el('h2', { id: 'h-alerts' }, 'Alerts'),
    one.alerts.length === 0
      ? el('p', { class: 'empty' }, 'None: an event of the fleet opened it.')
      : el('ul', { class: 'plain-list' }, one.alerts.map((alert) => el('li', {},
        el('p', { class: 'row' }, alert.status === 'firing' ? pill('warn', 'bell', 'firing') : pill('plain', 'check', 'resolved'), el('strong', { class: 'break' }, alert.name)),
        el('p', { class: 'quiet' }, `says ${alert.source}, since ${when(alert.startsAt)}`, alert.task ? [', task ', el('code', { title: alert.task }, short(alert.task))] : '')))));
}

function links(one, configured) {
  const task = one.timeline.find((entry) => entry.action?.task)?.action.task ?? one.alerts.find((alert) => alert.task)?.task ?? '';
  const trace = one.timeline.map((entry) => traceIn(entry.detail)).find((found) => found);
  const words = {
    service: serviceName(one.service.service),
    task,
    trace: trace ?? '',
    from: String(Date.parse(one.openedAt) - AROUND),
    to: String(Math.min(Date.now(), Date.parse(one.updatedAt) + AROUND)),
  };
  const fill = (template) => template.replace(/\{(\w+)\}/g, (all, name) => (name in words ? encodeURIComponent(words[name]) : all));
  const links = [
    ['Trace', configured?.trace && trace ? fill(configured.trace) : '', !trace ? 'no trace among the evidence' : 'HEALER_TRACE_LINK is not set'],
    ['Logs', configured?.logs ? fill(configured.logs) : '', 'HEALER_LOGS_LINK is not set'],
    ['Metrics', configured?.metrics ? fill(configured.metrics) : '', 'HEALER_METRICS_LINK is not set'],
  ];
  return el('section', { 'aria-labelledby': 'h-links' },
    el('h2', { id: 'h-links' }, 'Look further'),
    el('ul', { class: 'plain-list' },
      links.map(([word, address, without]) => el('li', { class: 'row' },
        // Only an address of the web: the operator writes them, and still no other kind is followed.
        /^https?:\/\//.test(address) ? el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, `${word} (opens a new tab)`) : [el('span', {}, word), el('span', { class: 'quiet' }, without)],
        word === 'Trace' && trace ? el('code', { class: 'quiet break' }, trace) : null)),
      el('li', {}, el('a', { href: `#/why?service=${encodeURIComponent(`${one.service.cluster}/${one.service.service}`)}&at=${encodeURIComponent(one.openedAt)}` }, 'Every signal of that time, and why')),
      el('li', {}, el('a', { href: `#/incidents?service=${encodeURIComponent(one.service.service)}` }, `Other incidents of ${one.service.service}`))));
}

function report(one, draft, postmortem) {
  return el('section', { 'aria-labelledby': 'h-draft', 'data-key': 'draft' },
    el('h2', { id: 'h-draft' }, 'Postmortem'),
    draft.problem ? el('p', { class: 'problem', role: 'alert' }, draft.problem) : null,
    draft.value
      ? el('pre', { class: 'text', tabindex: '0', 'aria-label': 'Draft of the postmortem, in Markdown' }, draft.value)
      : el('p', { class: 'quiet' }, 'The healer drafts it from the history: what happened, what was done and refused and why, and what users felt.'),
    el('p', {}, el('button', { type: 'button', onclick: postmortem, disabled: draft.loading }, draft.loading ? 'Drafting …' : draft.value ? 'Draft it again' : 'Draft the postmortem')));
}
