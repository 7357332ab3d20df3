// Keeps the drivers' page on the phone, whole and of one version, so that it opens without a network. `sw.js` says what that version is in
// `shell`, and imports this. What the service answers, signing in and redirects are never kept: the browser does those by itself.

/* global shell */

const Prefix = 'parking.driver.', Name = Prefix + shell.version;

self.addEventListener('install', event => event.waitUntil(fill()));
self.addEventListener('activate', event => event.waitUntil(takeOver()));
self.addEventListener('message', event => event.data === 'take over' && self.skipWaiting());
self.addEventListener('fetch', event => {
  const { request } = event, { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) {
    return;
  }
  if (request.mode === 'navigate') {
    if (/^\/driver\/?$/.test(pathname)) {
      event.respondWith(openPage(new URLSearchParams(search).get('lang')));
    }
  } else if (pathname in shell.files || shell.pages.includes(pathname + search)) {
    event.respondWith(kept(pathname + search).then(answer => answer ?? fetch(request)));
  }
});

/** All files of this version, or the worker is not installed: a service that has another one by now is asked again later. */
async function fill() {
  const cache = await caches.open(Name);
  const files = Object.entries(shell.files).map(async ([path, integrity]) => cache.put(path, await load(path, { integrity })));
  const pages = shell.pages.map(async path => {
    const page = await load(path, {});
    if (!page.headers.get('ETag')?.includes(shell.build)) {
      throw new Error(`${path} is of another version.`);
    }
    await cache.put(path, page);
  });
  await Promise.all([...files, ...pages]);
}

async function load(path, options) {
  const answer = await fetch(path, { ...options, cache: 'no-cache', credentials: 'omit', redirect: 'error' });
  if (!answer.ok) {
    throw new Error(`${path}: HTTP ${answer.status}`);
  }
  return answer;
}

/** Versions before this one go; pages that were there before the first worker are served by it. */
async function takeOver() {
  const others = (await caches.keys()).filter(name => name.startsWith(Prefix) && name !== Name);
  await Promise.all(others.map(name => caches.delete(name)));
  await clients.claim();
}

const kept = path => caches.match(path, { cacheName: Name, ignoreVary: true });

/**
 * The page in the person's language and theme. Where a newer version waits and no other tab shows this one, the newer takes over first:
 * the browser is told to ask again at once.
 */
async function openPage(asked) {
  if (registration.waiting && (await clients.matchAll({ type: 'window' })).length < 2) {
    registration.waiting.postMessage('take over');
    return new Response('', { headers: { 'Content-Type': 'text/html', Refresh: '0' } });
  }
  const language = [asked, await cookie('lang'), ...navigator.languages.map(name => name.slice(0, 2))]
    .find(name => name === 'zh' || name === 'en') ?? 'zh';
  const theme = await cookie('theme');
  const page = await kept(`/driver?lang=${language}`);
  if (!page) {
    return fetch(`/driver?lang=${language}`);
  }
  return theme === 'dark' || theme === 'light'
    ? new Response((await page.text()).replace('<html ', `<html data-theme="${theme}" `), { headers: page.headers })
    : page;
}

const cookie = async name => (await cookieStore.get(name))?.value;
