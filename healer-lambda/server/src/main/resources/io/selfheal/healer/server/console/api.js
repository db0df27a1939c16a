// Asks the healer. Nothing else is ever asked: no request leaves for another host.

import { askForToken, token } from './token.js';

export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function problem(response) {
  const text = await response.text().catch(() => '');
  try {
    const body = JSON.parse(text);
    return new Problem(response.status, body.detail || body.title || `HTTP ${response.status}`);
  } catch {
    return new Problem(response.status, `HTTP ${response.status}`);
  }
}

async function send(path, options) {
  try {
    return await fetch(path, { ...options, cache: 'no-store', credentials: 'same-origin', redirect: 'error' });
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new Problem(0, 'The healer does not answer.');
  }
}

function headers(more = {}) {
  return token() ? { ...more, Authorization: `Bearer ${token()}` } : more;
}

// Known, and not enough for this: RFC 6750.
function isWeak(response) {
  return response.status === 403 && (response.headers.get('WWW-Authenticate') ?? '').includes('insufficient_scope');
}

function wrong(response) {
  if (!token()) {
    return '';
  }
  return isWeak(response) ? 'This takes the operator’s token, HEALER_OPERATOR_TOKEN.' : 'The healer does not know this token.';
}

// Asks for the token where the healer wants one or another one, and then once more.
export async function ask(path, options = {}) {
  let response = await send(path, { ...options, headers: headers(options.headers) });
  while (response.status === 401 || isWeak(response)) {
    await askForToken(wrong(response), options.why ?? 'Reading needs the token here.');
    response = await send(path, { ...options, headers: headers(options.headers) });
  }
  if (!response.ok) {
    throw await problem(response);
  }
  return response;
}

export async function read(path) {
  return (await ask(path)).json();
}

export async function readText(path) {
  return (await ask(path)).text();
}

// Whoever tells the healer something shows the token, and is asked for it before anything is sent.
export async function tell(path, body, why) {
  if (!token()) {
    await askForToken('', why);
  }
  const response = await ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    why,
  });
  return response.json();
}
