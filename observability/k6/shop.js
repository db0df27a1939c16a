// Users of the shop: half of what they ask for are orders. A virtual user of k6 asks five times a second (each costs a megabyte or more, so
// there are few); k6's own API changes their number while it runs (observability/README.md).
import http from 'k6/http';
import { check, sleep } from 'k6';
import exec from 'k6/execution';

const MOST = 20;
const PAUSE = 0.2; // seconds from one request to the next
const SEEDED = 10; // users and products 1 to 10 are there from the start
const wanted = Math.min(MOST, Number(__ENV.VUS || 4));

export const options = {
  scenarios: {
    shop: { executor: 'externally-controlled', vus: wanted, maxVUs: MOST, duration: '0s' },
  },
  // Each request may meet another task, also one that came a second ago.
  noConnectionReuse: true,
  dns: { ttl: '1s', select: 'random' },
  discardResponseBodies: true,
  summaryTrendStats: ['avg', 'p(95)', 'max'],
};

const any = () => 1 + Math.floor(Math.random() * SEEDED);

function order() {
  const body = JSON.stringify({ userId: any(), productId: any(), quantity: 1 });
  const key = `k6-${exec.scenario.startTime}-${exec.vu.idInTest}-${exec.vu.iterationInScenario}`;
  return http.post(`${__ENV.ORDER_URL}/orders`, body, {
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    timeout: '3s',
    tags: { name: 'order' },
  });
}

function ask() {
  const turn = Math.random();
  if (turn < 0.5) return order();
  const [url, name] = turn < 0.75 ? [`${__ENV.USER_URL}/users/`, 'user'] : [`${__ENV.PRODUCT_URL}/products/`, 'product'];
  return http.get(url + any(), { timeout: '3s', tags: { name } });
}

export default function () {
  const began = Date.now();
  check(ask(), { answered: (answer) => answer.status > 0 && answer.status < 500 });
  sleep(Math.max(0, PAUSE - (Date.now() - began) / 1000));
}
