// Services and tasks, what is being healed this second, what is stopped and why, and what budgets are left.

import { el, icon, pill, unseen } from './dom.js';
import { duration, serviceName, short, since, until, when } from './format.js';
import { HEALTH, reason, state } from './words.js';

export function nowView() {
  return {
    render({ now, connection }) {
      if (!now) {
        return [el('h1', { class: 'unseen' }, 'Now'), el('p', { class: 'quiet', role: 'status' }, 'Waiting for the healer to say how things are …')];
      }
      return [
        headline(now, connection),
        problems(now),
        el('div', { class: 'split' },
          el('div', { class: 'wide' }, healing(now), services(now)),
          el('div', { class: 'side' }, stopped(now), budgets(now), healer(now))),
      ];
    },
  };
}

function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

// ---- the one sentence

function headline(now, connection) {
  const last = verdict(now);
  // What was well a while ago is not known to be well.
  const { tone, name, text, more } = connection === 'lost' || connection === 'closed'
    ? { tone: 'plain', name: 'question', text: 'Not known any more', more: `At ${when(now.at)} it was: ${last.text}.` }
    : last;
  return el('div', { class: `headline ${tone}`, 'data-key': 'headline' },
    el('span', { class: 'sign' }, icon(name)),
    el('div', {}, el('h1', {}, text), el('p', {}, more)));
}

function verdict(now) {
  const everywhere = now.pauses.find((pause) => pause.scope === 'all');
  const by = (name) => now.incidents.filter((one) => one.state === name);
  const asked = now.incidents.filter((one) => one.asked && !one.asked.grantedAt);
  const working = [...by('ACTING'), ...by('VERIFYING')];
  const ill = now.services.filter((one) => !well(one));
  const rest = now.incidents.length ? `${count(now.incidents.length, 'incident is', 'incidents are')} open. ` : '';
  if (everywhere) {
    return { tone: 'warn', name: 'pause', text: 'Paused everywhere', more: `${rest}The healer does nothing until ${when(everywhere.until)}: ${everywhere.reason}, says ${everywhere.owner}.` };
  }
  if (now.storm) {
    return { tone: 'bad', name: 'storm', text: 'A storm stands', more: `${rest}Nothing new is begun until a person re-arms: ${now.storm.what}.` };
  }
  if (asked.length) {
    return { tone: 'warn', name: 'person', text: count(asked.length, 'action waits for a person’s yes', 'actions wait for a person’s yes'), more: asked.map((one) => `${one.asked.action} of ${serviceName(one.service)}, until ${when(one.asked.expiresAt)}`).join('; ') };
  }
  if (working.length) {
    return { tone: 'info', name: 'act', text: `${listed(working)} ${working.length === 1 ? 'is' : 'are'} being healed`, more: working.map((one) => `${serviceName(one.service)}: ${one.action}, ${state(one.state).says}`).slice(0, 3).join('; ') };
  }
  if (by('ESCALATED').length) {
    return { tone: 'bad', name: 'person', text: `${listed(by('ESCALATED'))} ${by('ESCALATED').length === 1 ? 'needs' : 'need'} a person`, more: 'The healer has tried what it may, or may do nothing, and only watches.' };
  }
  if (now.incidents.length) {
    return { tone: 'warn', name: 'bell', text: count(now.incidents.length, 'incident is open', 'incidents are open'), more: `${listed(now.incidents)}: nothing is being done at this moment.` };
  }
  if (now.problems.length) {
    return { tone: 'warn', name: 'question', text: 'Not everything is known', more: 'What could be read shows nothing wrong.' };
  }
  if (now.services.length === 0) {
    return { tone: 'plain', name: 'question', text: 'No service is known yet', more: now.healer.probes ? 'The healer has seen none in its cluster.' : 'The healer’s own probe is off: it knows a service once a signal names it.' };
  }
  if (ill.length) {
    return { tone: 'warn', name: 'clock', text: `${listed(ill)} ${ill.length === 1 ? 'is' : 'are'} not steady`, more: 'No incident is open: nothing of it called for the healer yet.' };
  }
  return { tone: 'good', name: 'check', text: 'All is well', more: `${count(now.services.length + now.furtherServices, 'service', 'services')}, every task answers, no incident is open.` };
}

function listed(all) {
  const names = [...new Set(all.map((one) => serviceName(one.service)))];
  return names.length > 3 ? `${names.length} services` : names.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

function well(service) {
  return service.steady && !service.unseenSince && service.tasks.every((task) => task.health === 'healthy');
}

function problems(now) {
  return now.problems.length === 0 ? null : el('div', { class: 'notice warn', 'data-key': 'problems' },
    el('h2', {}, icon('question'), 'Could not be read'),
    el('ul', {}, now.problems.map((text) => el('li', {}, text))),
    el('p', { class: 'quiet' }, 'What belongs there is missing on this page. A guardrail that faces something unknown refuses.'));
}

// ---- incidents

function healing(now) {
  return el('section', { 'aria-labelledby': 'h-open', 'data-key': 'healing' },
    el('h2', { id: 'h-open' }, 'Open incidents', ' ', el('span', { class: 'count' }, String(now.incidents.length))),
    now.incidents.length === 0
      ? el('p', { class: 'empty' }, now.problems.some((text) => text.startsWith('open incidents')) ? 'Not known: see above.' : 'None. Nothing is being healed.')
      : el('ul', { class: 'cards' }, now.incidents.map(card)));
}

function card(one) {
  const { word, tone, icon: name, says } = state(one.state);
  const doing = one.action
    ? `${one.action}${one.task ? ` of task ${short(one.task)}` : ''}: ${says}`
    : one.held ? `Nothing is being done${one.heldSince ? `, since ${when(one.heldSince)}` : ''}: ${reason(one.held)}` : says;
  return el('li', { class: `card ${tone}`, 'data-key': one.id, 'data-service': one.service },
    el('div', { class: 'row' },
      el('h3', {}, el('a', { href: `#/incident/${one.id}` }, serviceName(one.service))),
      pill(tone, name, word),
      el('span', { class: 'quiet push' }, `opened ${since(one.openedAt)}`)),
    el('p', {}, doing, '.'),
    el('p', { class: 'quiet' },
      one.alerts.length ? `Firing: ${one.alerts.join(', ')}` : 'No alert fires any more',
      one.attempts ? ` · ${count(one.attempts, 'action', 'actions')} so far` : '',
      one.held ? [' · ', el('code', {}, one.held)] : ''),
    one.asked && !one.asked.grantedAt
      ? el('p', {}, el('a', { class: 'button', href: '#/controls' }, `Approve ${one.asked.action}, or not`))
      : null);
}

// ---- services

function services(now) {
  return el('section', { 'aria-labelledby': 'h-services', 'data-key': 'services' },
    el('h2', { id: 'h-services' }, 'Services', ' ', el('span', { class: 'count' }, String(now.services.length + now.furtherServices))),
    now.services.length === 0
      ? el('p', { class: 'empty' }, 'None seen.')
      : el('ul', { class: 'services' }, now.services.map((one) => service(one, now))),
    now.furtherServices ? el('p', { class: 'quiet' }, `and ${now.furtherServices} more, not shown here`) : null);
}

function service(one, now) {
  const id = `${one.cluster}/${one.service}`;
  const paused = now.pauses.find((pause) => pause.scope === id);
  return el('li', { class: 'service', 'data-key': id, 'data-service': id },
    el('div', { class: 'name' },
      el('h3', {}, one.service),
      el('p', { class: 'quiet' }, `${one.running} of ${one.desired} ${one.desired === 1 ? 'task runs' : 'tasks run'}`)),
    el('ul', { class: 'tasks', 'aria-label': `Tasks of ${one.service}` },
      one.tasks.map(task),
      one.tasks.length === 0 ? el('li', { class: 'quiet' }, 'no task') : null,
      one.furtherTasks ? el('li', { class: 'quiet' }, `and ${one.furtherTasks} more`) : null),
    el('div', { class: 'marks' },
      one.deployment ? pill('info', 'clock', `deploying ${short(one.deployment)}`) : null,
      paused ? pill('warn', 'pause', 'paused') : null,
      one.unseenSince
        ? pill('warn', 'question', `last seen ${since(one.unseenSince)}`)
        : one.steady ? pill('plain', 'check', 'steady') : pill('warn', 'clock', 'not steady')));
}

function task(one) {
  const { word, tone, icon: name } = HEALTH[one.health] ?? HEALTH.unknown;
  const words = one.health === 'healthy' ? unseen(word) : el('span', { class: 'word' }, word);
  const title = [one.arn, one.revision, one.detail, one.startedAt ? `started ${when(one.startedAt)}` : ''].filter((part) => part).join('\n');
  return el('li', { class: `task ${tone}`, 'data-key': one.arn, title },
    icon(name), el('code', {}, short(one.name)), ' ', words);
}

// ---- the side

function stopped(now) {
  const nothing = now.pauses.length === 0 && now.windows.length === 0 && !now.storm;
  return el('section', { 'aria-labelledby': 'h-stopped', 'data-key': 'stopped' },
    el('h2', { id: 'h-stopped' }, 'Stopped'),
    nothing
      ? el('p', { class: 'empty' }, now.problems.some((text) => text.startsWith('pauses')) ? 'Not known: the healer acts on nothing while it cannot read its pauses.' : 'Nothing is paused, no maintenance window is open, no storm stands.')
      : el('ul', { class: 'plain-list' },
        now.pauses.map((pause) => el('li', { 'data-key': `pause ${pause.scope}` },
          pill('warn', 'pause', pause.scope === 'all' ? 'everything' : serviceName(pause.scope)),
          el('p', {}, pause.reason),
          el('p', { class: 'quiet' }, `${pause.owner}, since ${when(pause.since)}, ends ${until(pause.until)}`))),
        now.windows.map((window) => el('li', { 'data-key': `window ${window.name}` },
          pill('warn', 'clock', `maintenance: ${window.services.join(', ') || 'everything'}`),
          el('p', { class: 'quiet' }, `${window.name}, ends ${until(window.until)}`))),
        now.storm ? el('li', { 'data-key': 'storm' }, pill('bad', 'storm', 'storm'), el('p', {}, now.storm.what), el('p', { class: 'quiet' }, `since ${when(now.storm.since)}`)) : null),
    el('p', {}, el('a', { href: '#/controls' }, 'Pause, resume, re-arm, approve')));
}

function budgets(now) {
  const known = !now.problems.some((text) => text.startsWith('budgets'));
  return el('section', { 'aria-labelledby': 'h-budgets', 'data-key': 'budgets' },
    el('h2', { id: 'h-budgets' }, 'Budgets left'),
    now.budgets.length === 0
      ? el('p', { class: 'empty' }, known ? 'No budget over everything is set, and nothing is spent of the others.' : 'Not known.')
      : el('ul', { class: 'plain-list' }, now.budgets.map(budget)));
}

function budget(one) {
  const whose = one.scope === 'global' ? 'everything' : one.scope === 'service' ? serviceName(one.of) : `task ${short(one.of)}`;
  return el('li', { class: 'budget', 'data-key': `${one.scope} ${one.of} ${one.limit} ${one.window}` },
    el('div', { class: 'row' },
      el('span', {}, el('strong', {}, `${one.left} of ${one.limit}`), ` in ${duration(one.window)}`),
      el('span', { class: 'quiet push' }, whose)),
    meter(one),
    one.left < one.limit && one.freeAt
      ? el('p', { class: 'quiet' }, one.left === 0 ? [icon('shield'), ` spent; one is free ${until(one.freeAt)}`] : `the next is free ${until(one.freeAt)}`)
      : null);
}

// One mark for each action of the budget: left are filled, spent are hollow. The words beside it say the same.
function meter(one) {
  const most = 24;
  const marks = Math.min(one.limit, most);
  const left = Math.round((one.left / one.limit) * marks);
  return el('span', { class: 'meter', 'aria-hidden': 'true' },
    Array.from({ length: marks }, (_, i) => el('i', { class: i < left ? 'left' : 'spent' })));
}

function healer(now) {
  const { cluster, policy, store, fleet, startedAt, probes } = now.healer;
  return el('section', { 'aria-labelledby': 'h-healer', 'data-key': 'healer' },
    el('h2', { id: 'h-healer' }, 'This healer'),
    el('dl', { class: 'facts' },
      el('dt', {}, 'Policy'), el('dd', {}, el('a', { href: '#/policies' }, policy)),
      el('dt', {}, 'Cluster'), el('dd', {}, cluster),
      el('dt', {}, 'Fleet'), el('dd', {}, fleet),
      el('dt', {}, 'Store'), el('dd', {}, store),
      el('dt', {}, 'Own probe'), el('dd', {}, probes ? 'on' : 'off'),
      el('dt', {}, 'Started'), el('dd', {}, when(startedAt))));
}
