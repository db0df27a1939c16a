// What policies are loaded, what they would say to an alert, and what those in shadow would have done.

import { el, pill } from './dom.js';
import { duration, serviceName, when } from './format.js';
import { read, tell } from './api.js';

export function policiesView(_, { load, shared, render }) {
  const loaded = {};
  const shadow = {};
  const explained = {};
  const readShadow = () => load(shadow, () => read('/shadow'));

  function explain(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    load(explained, async () => (await tell('/policies/explain', alert(form, shared.now), 'Explaining is asked with the token, as everything that is sent.')).text);
  }

  return {
    start() {
      load(loaded, () => read('/policies'));
      readShadow();
    },
    changed: readShadow,
    render() {
      const all = loaded.value;
      return [
        el('h1', {}, 'Policies'),
        loaded.problem ? el('p', { class: 'problem', role: 'alert', 'data-key': 'problem' }, loaded.problem) : null,
        !all ? (loaded.problem ? null : el('p', { class: 'quiet', role: 'status', 'data-key': 'loading' }, 'Loading the policies …')) : [
          el('p', { class: 'lead', 'data-key': 'lead' }, 'Loaded: ', el('strong', {}, all.name), ' ', el('code', {}, all.version), '. The first that matches an alert governs it.'),
          el('ol', { class: 'cards policies', 'data-key': 'policies' }, all.policies.map(policy)),
          general(all),
        ],
        el('div', { class: 'halves', 'data-key': 'halves' }, explaining(explained, explain, shared.now), shadows(shadow)),
      ];
    },
  };
}

function policy(one) {
  const floor = one.healthyFloor.percent === null ? `${one.healthyFloor.count} healthy` : `${one.healthyFloor.percent} % healthy`;
  return el('li', { class: 'card plain', 'data-key': one.name },
    el('div', { class: 'row' }, el('h2', { class: 'small' }, one.name), one.mode === 'act' ? pill('info', 'act', 'acts') : pill('plain', 'eye', 'shadow: only watches')),
    el('p', { class: 'break' }, el('span', { class: 'quiet' }, 'When '), one.match.map((matcher, i) => [i ? ' and ' : '', el('code', {}, matcher)])),
    el('p', {}, el('span', { class: 'quiet' }, 'Then '), el('span', { class: 'ladder' }, one.ladder.map((rung, i) => [i ? ' → ' : '', el('strong', {}, rung), one.approval.includes(rung) ? ' (asks a person)' : '']))),
    el('dl', { class: 'facts dense' },
      one.budgets.map((budget) => fact(`Budget, ${budget.scope}`, `${budget.limit} in ${duration(budget.window)}`)),
      fact('Cooldown', duration(one.cooldown)),
      fact('Healthy floor', floor),
      fact('Verified', `well for ${duration(one.verification.stabilisation)}, within ${duration(one.verification.deadline)}`),
      fact('Strikes', `${one.strikes.limit} in ${duration(one.strikes.window)}, then quarantine for ${duration(one.strikes.quarantine)}`),
      fact('Warm-up', duration(one.warmUp)),
      one.confirm === 'none' ? null : fact('Confirmed by', one.confirm),
      one.requires.length ? fact('Requires', one.requires.join(', ')) : null,
      one.approval.length ? fact('Approval ends', `after ${duration(one.approvalExpiry)}`) : null));
}

function fact(name, value) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value));
}

function general(all) {
  return el('section', { 'aria-labelledby': 'h-general', 'data-key': 'general' },
    el('h2', { id: 'h-general' }, 'Whatever the policy'),
    el('dl', { class: 'facts' },
      el('dt', {}, 'Storm'), el('dd', {}, `${all.storm.services} services within ${duration(all.storm.window)}; then nothing new for ${duration(all.storm.hold)}${all.storm.rearm === 'human' ? ', until a person re-arms' : ''}`),
      el('dt', {}, 'Flapping'), el('dd', {}, `${all.flap.flips} changes within ${duration(all.flap.window)}; then left alone for ${duration(all.flap.quarantine)}`),
      el('dt', {}, 'Maintenance'), el('dd', {}, all.windows.length ? all.windows.map((one) => `${one.name}: ${one.services.join(', ') || 'everything'}, ${[...one.days, ...one.dates].join(' ')} ${one.from} to ${one.to} ${one.zone ?? ''}`).join('; ') : 'no window'),
      el('dt', {}, 'Calls'), el('dd', {}, Object.entries(all.calls).map(([caller, callees]) => `${caller} → ${callees.join(', ')}`).join('; ') || 'none named')));
}

// ---- explain

function alert(form, now) {
  const labels = {};
  for (const line of form.get('labels').split('\n')) {
    const at = line.indexOf('=');
    if (at > 0) {
      labels[line.slice(0, at).trim()] = line.slice(at + 1).trim().replace(/^"(.*)"$/, '$1');
    }
  }
  labels.alertname = form.get('alertname').trim();
  labels.service_name = form.get('service').trim();
  labels.cluster ??= now?.healer.cluster ?? '';
  const task = form.get('task').trim();
  if (task) {
    labels.task_arn = task;
  }
  return {
    version: '4', status: 'firing', receiver: 'console', groupLabels: {}, commonLabels: {}, commonAnnotations: {}, externalURL: '', groupKey: 'console', truncatedAlerts: 0,
    alerts: [{ status: 'firing', labels, annotations: {}, startsAt: new Date().toISOString(), endsAt: '0001-01-01T00:00:00Z', generatorURL: '', fingerprint: '00000000c0501e00' }],
  };
}

function explaining(slot, explain, now) {
  const tasks = (now?.services ?? []).flatMap((service) => service.tasks.map((task) => task.arn));
  return el('section', { 'aria-labelledby': 'h-explain', 'data-key': 'explain' },
    el('h2', { id: 'h-explain' }, 'Explain'),
    el('p', { class: 'quiet' }, 'What would happen for an alert, step by step, on paper: nothing is done, nothing is kept.'),
    el('form', { onsubmit: explain, class: 'stack' },
      el('div', {}, el('label', { for: 'e-name' }, 'Alert'), el('input', { id: 'e-name', name: 'alertname', required: true, placeholder: 'TaskUnready', autocomplete: 'off', spellcheck: 'false' })),
      el('div', {}, el('label', { for: 'e-service' }, 'Service'), el('input', { id: 'e-service', name: 'service', required: true, autocomplete: 'off', spellcheck: 'false' })),
      el('div', {}, el('label', { for: 'e-task' }, 'Task, its ARN ', el('span', { class: 'quiet' }, '(if it names one)')), el('input', { id: 'e-task', name: 'task', list: 'known-tasks', autocomplete: 'off', spellcheck: 'false' }), el('datalist', { id: 'known-tasks' }, tasks.slice(0, 100).map((value) => el('option', { value })))),
      el('div', {}, el('label', { for: 'e-labels' }, 'Further labels, one a line'), el('textarea', { id: 'e-labels', name: 'labels', rows: '3', placeholder: 'severity=page', spellcheck: 'false' })),
      el('button', { type: 'submit', class: 'primary', disabled: slot.loading }, slot.loading ? 'Explaining …' : 'Explain')),
    slot.problem ? el('p', { class: 'problem', role: 'alert' }, slot.problem) : null,
    slot.value ? el('pre', { class: 'text', tabindex: '0', 'aria-label': 'Explanation' }, slot.value) : null);
}

function shadows(slot) {
  return el('section', { 'aria-labelledby': 'h-shadow', 'data-key': 'shadow' },
    el('h2', { id: 'h-shadow' }, 'Shadow'),
    el('p', { class: 'quiet' }, `What policies that only watch would have done${slot.value ? `, since this healer started at ${when(slot.value.since)}` : ''}.`),
    slot.problem ? el('p', { class: 'problem', role: 'alert' }, slot.problem) : null,
    !slot.value ? null : slot.value.decisions.length === 0
      ? el('p', { class: 'empty' }, 'Nothing.')
      : el('ul', { class: 'plain-list' }, slot.value.decisions.map((one) => el('li', {},
        el('p', {}, el('a', { href: `#/incident/${one.incident}` }, serviceName(one.service)), ' ', el('span', { class: 'quiet' }, `${when(one.at)} · ${one.policy}`)),
        el('p', {}, one.detail)))));
}
