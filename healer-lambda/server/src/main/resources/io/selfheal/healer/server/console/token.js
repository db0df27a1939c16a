// The token: in this tab's memory and session storage, gone with the tab; in a header, never in an address.

const KEY = 'selfheal-token';
const dialog = document.getElementById('token');
const value = document.getElementById('token-value');
const why = document.getElementById('token-why');
const problem = document.getElementById('token-problem');

let kept = '';
let asking = null;
let answered = null;

try {
  kept = sessionStorage.getItem(KEY) ?? '';
} catch {
  // Without storage it is kept in memory alone.
}

export class NoToken extends Error {}

export function token() {
  return kept;
}

export function forget() {
  keep('');
}

function keep(text) {
  kept = text;
  try {
    if (text) {
      sessionStorage.setItem(KEY, text);
    } else {
      sessionStorage.removeItem(KEY);
    }
  } catch {
    // As above.
  }
}

// One question at a time: whoever needs the token meanwhile waits for the same answer.
export function askForToken(wrong, reason) {
  asking ??= new Promise((resolve, reject) => {
    why.textContent = reason;
    problem.textContent = wrong;
    value.value = '';
    answered = { resolve, reject };
    if (!dialog.open) {
      dialog.showModal();
    }
    value.focus();
  }).finally(() => {
    asking = null;
  });
  return asking;
}

document.getElementById('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  keep(value.value.trim());
  value.value = '';
  const { resolve } = answered;
  dialog.close('given');
  resolve();
});

document.getElementById('token-cancel').addEventListener('click', () => dialog.close(''));

dialog.addEventListener('close', () => {
  value.value = '';
  if (dialog.returnValue !== 'given') {
    answered?.reject(new NoToken('Without the token nothing was sent.'));
  }
  dialog.returnValue = '';
});
