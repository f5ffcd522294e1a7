import fc from 'fast-check';

// The same in each run, so that it is not luck whether a mutant survives.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1 });
