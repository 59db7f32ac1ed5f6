import { testRandomRuns } from './random-test.ts';

testRandomRuns('instagram', 'Instagram');
