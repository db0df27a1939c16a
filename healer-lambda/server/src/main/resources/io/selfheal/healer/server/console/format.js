// Times and durations in words that are short and say the unit.

const TWO = (number) => String(number).padStart(2, '0');

// The healer's clock counts, not this machine's.
let ahead = 0;

export function clockIs(instant) {
  ahead = Date.parse(instant) - Date.now();
}

export function now() {
  return Date.now() + ahead;
}

export function clock(instant, millis = false) {
  const date = new Date(instant);
  const text = `${TWO(date.getHours())}:${TWO(date.getMinutes())}:${TWO(date.getSeconds())}`;
  return millis ? `${text}.${String(date.getMilliseconds()).padStart(3, '0')}` : text;
}

export function day(instant) {
  const date = new Date(instant);
  return `${date.getFullYear()}-${TWO(date.getMonth() + 1)}-${TWO(date.getDate())}`;
}

// With the day where it is not today.
export function when(instant) {
  return day(instant) === day(now()) ? clock(instant) : `${day(instant)} ${clock(instant)}`;
}

export function lasting(millis) {
  const seconds = millis / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

export function since(instant) {
  const millis = now() - Date.parse(instant);
  return millis < 1000 ? 'just now' : `${lasting(Math.floor(millis / 1000) * 1000).replace('.0 s', ' s')} ago`;
}

export function until(instant) {
  const millis = Date.parse(instant) - now();
  return millis <= 0 ? 'now' : `in ${lasting(Math.ceil(millis / 1000) * 1000).replace('.0 s', ' s')}`;
}

export function between(from, to) {
  return lasting(Math.max(0, Date.parse(to) - Date.parse(from)));
}

const UNITS = [['D', 'day', 'days'], ['H', 'h', 'h'], ['M', 'min', 'min'], ['S', 's', 's']];

// PT1H30M: 1 h 30 min.
export function duration(iso) {
  const parts = /^P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(iso ?? '');
  if (!parts) {
    return iso ?? '';
  }
  if (parts[2] && Number(parts[2]) >= 48 && Number(parts[2]) % 24 === 0 && !parts[3] && !parts[4]) {
    return `${Number(parts[2]) / 24} days`;
  }
  const words = UNITS.map(([, one, many], i) => (parts[i + 1] ? `${parts[i + 1]} ${parts[i + 1] === '1' ? one : many}` : ''))
    .filter((word) => word);
  return words.join(' ') || '0 s';
}

export function short(arn) {
  const last = String(arn).split('/').pop();
  return last.length > 12 ? last.slice(0, 8) : last;
}

export function serviceName(scope) {
  return scope.includes('/') ? scope.slice(scope.indexOf('/') + 1) : scope;
}
