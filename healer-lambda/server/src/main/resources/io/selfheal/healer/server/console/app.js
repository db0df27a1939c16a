// Which view is shown, and what all views share: how things are now, whether that is still true, and the colours.

import { fill, el } from './dom.js';
import { clock, clockIs, since } from './format.js';
import { listen } from './stream.js';
import { NoToken } from './token.js';
import { nowView } from './now.js';
import { incidentsView } from './incidents.js';
import { incidentView } from './incident.js';
import { whyView } from './why.js';
import { policiesView } from './policies.js';
import { controlsView } from './controls.js';
import { reason, state } from './words.js';
import { serviceName } from './format.js';

const VIEWS = { now: nowView, incidents: incidentsView, incident: incidentView, why: whyView, policies: policiesView, controls: controlsView };
const TITLES = { now: 'Now', incidents: 'Incidents', incident: 'Incident', why: 'Why', policies: 'Policies', controls: 'Controls' };

const main = document.getElementById('main');
const live = document.getElementById('live');
const liveWords = document.getElementById('live-words');
const trouble = document.getElementById('trouble');
const said = document.getElementById('said');

const shared = { now: null, heardAt: null, connection: 'waiting', trouble: '' };
let current = null;

// ---- which view

function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = path.split('/');
  return { name: VIEWS[name] ? name : 'now', id: decodeURIComponent(rest.join('/')), query: new URLSearchParams(query) };
}

function show(focus) {
  const next = route();
  current?.view.stop?.();
  current = { ...next, view: VIEWS[next.name](next, context) };
  document.title = `${TITLES[next.name]}${next.id ? ` ${next.id}` : ''} · Selfheal`;
  for (const link of document.querySelectorAll('#views a')) {
    const at = link.getAttribute('href') === `#/${next.name === 'incident' ? 'incidents' : next.name}`;
    if (at) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  fill(main, []);
  render();
  current.view.start?.();
  if (focus) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

function render() {
  if (!current) {
    return;
  }
  try {
    fill(main, current.view.render(shared).flat(9).filter((node) => node));
  } catch (e) {
    fill(main, [el('p', { class: 'problem' }, `This page failed to show what it was told: ${e.message}`)]);
    throw e;
  }
}

// What the views may use.
const context = {
  render,
  shared,
  say(text) {
    said.textContent = text;
  },
  go(path) {
    location.hash = path;
  },
  // Reads something and shows what became of that: loading, there, or failed with the reason.
  async load(slot, reading) {
    slot.loading = true;
    slot.turn = (slot.turn ?? 0) + 1;
    const turn = slot.turn;
    try {
      const value = await reading();
      if (turn === slot.turn) {
        Object.assign(slot, { value, problem: '', at: Date.now() });
      }
    } catch (e) {
      if (turn === slot.turn) {
        slot.problem = e instanceof NoToken ? e.message : String(e.message);
      }
    } finally {
      if (turn === slot.turn) {
        slot.loading = false;
        render();
      }
    }
  },
};

// ---- what is heard

function announce(before, after) {
  const known = new Map((before?.incidents ?? []).map((one) => [one.id, one]));
  const news = [];
  for (const one of after.incidents) {
    const old = known.get(one.id);
    if (!old || old.state !== one.state || old.held !== one.held) {
      const doing = one.action ? `, ${one.action}` : one.held ? `, nothing is done: ${reason(one.held)}` : '';
      news.push(`${serviceName(one.service)}: ${state(one.state).word}${doing}.`);
    }
    known.delete(one.id);
  }
  for (const gone of known.values()) {
    news.push(`${serviceName(gone.service)}: resolved.`);
  }
  if (before && news.length) {
    context.say(news.slice(0, 4).join(' '));
  }
}

function heard(now) {
  const before = shared.now;
  clockIs(now.at);
  shared.now = now;
  shared.heardAt = Date.now();
  document.getElementById('cluster').textContent = `cluster ${now.healer.cluster}`;
  announce(before, now);
  if (before && (before.changes !== now.changes || before.healer.startedAt !== now.healer.startedAt)) {
    current?.view.changed?.();
  }
  render();
}

function connection(word, why) {
  const changed = shared.connection !== word;
  shared.connection = word;
  shared.trouble = why;
  showConnection();
  if (changed) {
    render();
  }
}

const CONNECTION = { waiting: 'connecting', live: 'live', lost: 'cut off', closed: 'locked' };

function showConnection() {
  live.dataset.state = shared.connection;
  liveWords.textContent = CONNECTION[shared.connection];
  const lost = shared.connection === 'lost' || shared.connection === 'closed';
  document.body.classList.toggle('stale', lost && shared.now !== null);
  const words = !lost
    ? ''
    : shared.now
      ? `${shared.trouble} What you see is how things were at ${clock(shared.now.at)}, ${since(shared.now.at)}, and may be wrong by now. Trying again.`
      : `${shared.trouble} Nothing is known yet.${shared.connection === 'lost' ? ' Trying again.' : ' Reload the page to be asked again.'}`;
  if (trouble.textContent !== words) {
    trouble.textContent = words;
  }
  trouble.hidden = !lost;
}

// ---- colours

const theme = document.getElementById('theme');

function paint(choice) {
  if (choice) {
    document.documentElement.dataset.theme = choice;
  } else {
    delete document.documentElement.dataset.theme;
  }
  theme.value = choice;
}

function keptTheme() {
  try {
    return localStorage.getItem('selfheal-theme') ?? '';
  } catch {
    return '';
  }
}

theme.addEventListener('change', () => {
  paint(theme.value);
  try {
    localStorage.setItem('selfheal-theme', theme.value);
  } catch {
    // Then it is for this page alone.
  }
});

// ---- begin

paint(keptTheme());
addEventListener('hashchange', () => show(true));
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
// "3 s ago" grows by itself.
setInterval(() => {
  showConnection();
  render();
}, 1000);
show(false);
listen({ onNow: heard, onState: connection });
