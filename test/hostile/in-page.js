// Runs in pages of the browser tests.

/** Everything a page can send without being asked. Returns what it could read of the answers. */
globalThis.attack = async function attack(base) {
  const read = [];
  const task = JSON.stringify({ serials: ['stolen'], script_name: 'post' });
  const tell = (what, text) => read.push(`${what}: ${text.slice(0, 80)}`);
  const get = async (what, path, options) => {
    try {
      const reply = await fetch(base + path, options);
      const text = await reply.text();
      if (reply.type !== 'opaque' || text !== '') tell(what, `${reply.status} ${text}`);
    } catch {
      // the browser hides the answer: as it should be
    }
  };
  for (const mode of ['cors', 'no-cors']) {
    await get(`${mode} read`, '/api/v1/task', { mode });
    await get(`${mode} plain`, '/api/v1/task', { mode, method: 'POST', body: task });
    await get(`${mode} form`, '/api/v1/task', {
      mode,
      method: 'POST',
      body: new URLSearchParams({ serials: 'stolen' }),
    });
    await get(`${mode} bodiless`, '/api/v1/task/retry-all', { mode, method: 'POST' });
    await get(`${mode} pause`, '/api/v1/pause', { mode, method: 'POST' });
    await get(`${mode} with credentials`, '/api/v1/task', { mode, credentials: 'include' });
    await get(`${mode} kept alive`, '/api/v1/task', { mode, method: 'POST', body: task, keepalive: true });
  }
  const json = { 'content-type': 'application/json' };
  await get('json', '/api/v1/task', { method: 'POST', body: task, headers: json });
  await get('patch', '/api/v1/settings', { method: 'PATCH', body: '{"max_retry_count":9}', headers: json });
  await get('delete', '/api/v1/task/batch', { method: 'DELETE', body: '{"task_ids":[1]}', headers: json });
  await get('token', '/api/v1/tokens', { method: 'POST', body: '{"name":"x","scope":"admin"}', headers: json });
  navigator.sendBeacon(`${base}/api/v1/task`, task);
  navigator.sendBeacon(`${base}/api/v1/task`, new Blob([task], { type: 'text/plain' }));

  const element = (make) =>
    new Promise((resolve) => {
      const made = make();
      made.addEventListener('load', () => resolve('load'));
      made.addEventListener('error', () => resolve('error'));
      document.body.append(made);
    });
  const tag = (name, fields) => () => Object.assign(document.createElement(name), fields);
  for (const [name, fields] of [
    ['img', { src: `${base}/favicon.svg` }],
    ['img', { src: `${base}/api/v1/devices/A/screenshot` }],
    ['script', { src: `${base}/api/v1/task` }],
    ['script', { src: `${base}/openapi.json`, type: 'module' }],
    ['link', { href: `${base}/api/v1/settings`, rel: 'stylesheet' }],
  ]) {
    const outcome = await element(tag(name, fields));
    if (outcome === 'load') tell(`<${name}>`, 'loaded');
  }
  const frame = document.createElement('iframe');
  frame.src = `${base}/`;
  await new Promise((resolve) => {
    frame.addEventListener('load', resolve);
    document.body.append(frame);
  });
  try {
    tell('iframe', frame.contentDocument?.title ?? 'closed to us');
  } catch {
    tell('iframe', 'closed to us');
  }
  for (const enctype of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
    const target = document.createElement('iframe');
    target.name = enctype;
    document.body.append(target);
    const loaded = new Promise((resolve) => target.addEventListener('load', resolve, { once: true }));
    globalThis.submitForm(base, enctype, enctype);
    await loaded;
  }
  const events = new EventSource(`${base}/api/v1/events`);
  await new Promise((resolve) => {
    events.onopen = () => {
      tell('events', 'open');
      resolve();
    };
    events.onerror = () => resolve();
  });
  events.close();
  const socket = new WebSocket(`${base.replace('http', 'ws')}/api/v1/events`);
  await new Promise((resolve) => {
    socket.onopen = () => {
      tell('socket', 'open');
      resolve();
    };
    socket.onerror = () => resolve();
  });
  return read;
};

/** With text/plain this makes a body that is JSON. */
globalThis.submitForm = function submitForm(base, enctype, target) {
  const form = document.createElement('form');
  Object.assign(form, { action: `${base}/api/v1/task`, method: 'post', enctype, target });
  const field = document.createElement('input');
  Object.assign(field, { name: '{"serials":["stolen"],"script_name":"post","x":"', value: '"}' });
  form.append(field);
  document.body.append(form);
  form.submit();
};

/** What an injected text would try in a page of ours. */
globalThis.inject = function inject() {
  const script = document.createElement('script');
  script.textContent = 'window.injected = true';
  document.body.append(script);
  document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.injected = true">');
};

globalThis.createTask = async function createTask() {
  const reply = await fetch('/api/v1/task', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-drover-source': 'ui' },
    body: JSON.stringify({ serials: ['mine'], script_name: 'post' }),
  });
  return (await reply.json()).code;
};
