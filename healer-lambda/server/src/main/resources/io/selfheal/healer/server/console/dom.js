// Elements are made of text and attributes only: nothing that came from outside can become markup.

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  check: 'M3 8.5l3.2 3.2L13 4.8',
  alert: 'M8 3v6M8 12.2v.4',
  cross: 'M4 4l8 8M12 4l-8 8',
  question: 'M5.5 6a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.7-.9 1.4M8 12.4v.3',
  clock: 'M8 4v4l2.6 1.6M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8',
  down: 'M8 3v9M4.5 8.8L8 12.3l3.5-3.5',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  person: 'M8 7.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8M3.2 13.6c.4-2.7 2.3-4.2 4.8-4.2s4.4 1.5 4.8 4.2',
  act: 'M9 2L4 9h4l-1 5 5-7H8z',
  eye: 'M1.8 8s2.2-4 6.2-4 6.2 4 6.2 4-2.2 4-6.2 4S1.8 8 1.8 8M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6',
  shield: 'M8 2l5 1.8v3.7c0 3-2 5.3-5 6.5-3-1.2-5-3.5-5-6.5V3.8z',
  bell: 'M4.2 11V7.2a3.8 3.8 0 0 1 7.6 0V11l1.2 1.2H3zM6.8 14h2.4',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4L14 14',
  undo: 'M6 3L3 6l3 3M3 6h6a4 4 0 0 1 0 8H7',
  storm: 'M5 9a3 3 0 1 1 .6-5.9A3.6 3.6 0 0 1 12.4 4.6 2.4 2.4 0 0 1 12 9.3M8.6 7.5L6.8 10.6h2.6L7.6 14',
};

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
      (element.listening ??= {})[name.slice(2)] = value;
    } else if (name === 'class') {
      element.className = value;
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Says nothing to who cannot see it: the words stand beside it.
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name] ?? PATHS.question);
  svg.append(path);
  return svg;
}

export function unseen(text) {
  return el('span', { class: 'unseen' }, text);
}

export function pill(tone, name, text) {
  return el('span', { class: `pill ${tone}` }, icon(name), text);
}

// Makes an element look like another one, and keeps what need not change: the focus, what is typed, and what is unfolded.
export function become(old, wanted) {
  if (old.nodeType !== wanted.nodeType || old.nodeName !== wanted.nodeName
    || (old.dataset && old.dataset.key !== wanted.dataset.key)) {
    old.replaceWith(wanted);
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== wanted.data) {
      old.data = wanted.data;
    }
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!wanted.hasAttribute(name) && !(name === 'open' && old.nodeName === 'DETAILS')) {
      old.removeAttribute(name);
    }
  }
  for (const { name, value } of wanted.attributes) {
    if (old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
    }
  }
  listen(old, wanted);
  fill(old, [...wanted.childNodes]);
}

export function fill(parent, wanted) {
  const old = [...parent.childNodes];
  const keyed = new Map(old.filter((node) => node.dataset?.key).map((node) => [node.dataset.key, node]));
  wanted.forEach((node, index) => {
    const known = node.dataset?.key ? keyed.get(node.dataset.key) : undefined;
    const there = parent.childNodes[index];
    if (known && known !== there) {
      parent.insertBefore(known, there ?? null);
    }
    const place = parent.childNodes[index];
    if (place) {
      become(place, node);
    } else {
      parent.append(node);
    }
  });
  while (parent.childNodes.length > wanted.length) {
    parent.lastChild.remove();
  }
}

function listen(old, wanted) {
  for (const [type, listener] of Object.entries(old.listening ?? {})) {
    old.removeEventListener(type, listener);
  }
  for (const [type, listener] of Object.entries(wanted.listening ?? {})) {
    old.addEventListener(type, listener);
  }
  old.listening = wanted.listening;
}
