import fc from 'fast-check';

/**
 * Property tests of `npm test` replay one seed: whoever gets a red run gets the same one again. `DROVER_SEED=n npm test` tries
 * another.
 */
fc.configureGlobal({ seed: Number(process.env.DROVER_SEED ?? 50_809) });
