import { testRandomRuns } from './random-test.ts';

testRandomRuns('tiktok', 'TikTok');
