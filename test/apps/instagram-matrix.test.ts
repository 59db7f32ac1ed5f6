import { describeMatrix } from './matrix.ts';

describeMatrix('instagram', 'Instagram', ['410.0.0', '390.0.0']);
