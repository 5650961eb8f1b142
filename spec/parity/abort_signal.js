// AbortSignal.abort, timeout, any and throwIfAborted
const { log, attempt } = require('./prelude');

log(AbortSignal.abort().aborted, AbortSignal.abort().reason.name, AbortSignal.abort('why').reason);
attempt('not aborted', () => new AbortController().signal.throwIfAborted());
attempt('aborted', () => AbortSignal.abort(new Error('mine')).throwIfAborted());
const first = new AbortController();
const second = new AbortController();
const either = AbortSignal.any([first.signal, second.signal]);
either.addEventListener('abort', () => log('any', either.reason));
log(either.aborted);
second.abort('second');
first.abort('first');
log(either.aborted, either.reason);
log(AbortSignal.any([new AbortController().signal, second.signal]).reason);
const keep = setTimeout(() => log('too late'), 400);
const timed = AbortSignal.timeout(5);
timed.addEventListener('abort', () => {
  log(timed.aborted, timed.reason.name, timed.reason.message);
  clearTimeout(keep);
});
log(timed.aborted);
const heard = new AbortController();
const unheard = () => log('unheard');
heard.signal.addEventListener('abort', (event) => log('heard', event.type, event.target === heard.signal));
heard.signal.addEventListener('abort', unheard);
heard.signal.removeEventListener('abort', unheard);
heard.abort();
heard.abort();
