import { describeMatrix } from './matrix.ts';

describeMatrix('tiktok', 'TikTok', ['46.4.3', '43.1.4']);
