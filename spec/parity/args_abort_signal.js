// AbortSignal.any and timeout: what they refuse
const { attempt } = require('./prelude');

attempt('any, nothing in it', () => AbortSignal.any([]).aborted);
attempt('any, a number inside', () => AbortSignal.any([new AbortController().signal, 5]));
attempt('timeout, string', () => AbortSignal.timeout('x'));
attempt('timeout, negative', () => AbortSignal.timeout(-1));
attempt('timeout, nothing', () => AbortSignal.timeout());
