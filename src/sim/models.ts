import { seededRandom } from '../base/random.ts';

/** SurfaceFlinger's number of the built-in screen: the port stands in its last byte, which is 131 on Qualcomm boards. */
export const physicalDisplayId = '4630946213010294403';

/** A kind of phone: what its build says about it and how large its screen is. */
export interface PhoneModel {
  /** ro.product.model */
  model: string;
  name: string;
  device: string;
  brand: string;
  manufacturer: string;
  release: string;
  sdk: number;
  buildId: string;
  size: { width: number; height: number };
  density: number;
}

/** Two screen shapes at least, so that nothing can rely on one; common phones of the last years. */
export const phoneModels: readonly PhoneModel[] = [
  {
    model: 'Pixel 7',
    name: 'panther',
    device: 'panther',
    brand: 'google',
    manufacturer: 'Google',
    release: '14',
    sdk: 34,
    buildId: 'AP2A.240805.005',
    size: { width: 1080, height: 2400 },
    density: 420,
  },
  {
    model: 'moto g play - 2023',
    name: 'maui_g',
    device: 'maui',
    brand: 'motorola',
    manufacturer: 'motorola',
    release: '12',
    sdk: 31,
    buildId: 'S3SGS32.39-181-5',
    size: { width: 720, height: 1600 },
    density: 320,
  },
  {
    model: 'SM-A146P',
    name: 'a14xmxx',
    device: 'a14xm',
    brand: 'samsung',
    manufacturer: 'samsung',
    release: '13',
    sdk: 33,
    buildId: 'TP1A.220624.014',
    size: { width: 1080, height: 2408 },
    density: 450,
  },
  {
    model: 'Pixel 8a',
    name: 'akita',
    device: 'akita',
    brand: 'google',
    manufacturer: 'Google',
    release: '15',
    sdk: 35,
    buildId: 'AP3A.241005.015',
    size: { width: 1080, height: 2400 },
    density: 420,
  },
  {
    model: '23053RN02A',
    name: 'fire_global',
    device: 'fire',
    brand: 'Redmi',
    manufacturer: 'Xiaomi',
    release: '14',
    sdk: 34,
    buildId: 'UP1A.230620.001',
    size: { width: 1080, height: 2460 },
    density: 440,
  },
];

/** The n-th phone's model: all of them in turn. */
export const modelFor = (index: number): PhoneModel => phoneModels[index % phoneModels.length] ?? defaultModel;

const defaultModel = phoneModels[0] as PhoneModel;

/** `getprop` of such a phone. `ro.drover.simulated` says openly what it is. */
export function propsOf(model: PhoneModel, options: { language: string; seed: string }): Record<string, string> {
  const random = seededRandom(`props ${options.seed}`);
  const serialno = Array.from({ length: 10 }, () => '0123456789ABCDEF'[random.int(0, 15)]).join('');
  const fingerprint = `${model.brand}/${model.name}/${model.device}:${model.release}/${model.buildId}/${random.int(10_000_000, 12_999_999)}:user/release-keys`;
  const product: Record<string, string> = {};
  for (const prefix of ['ro.product', 'ro.product.system', 'ro.product.vendor']) {
    product[`${prefix}.brand`] = model.brand;
    product[`${prefix}.device`] = model.device;
    product[`${prefix}.manufacturer`] = model.manufacturer;
    product[`${prefix}.model`] = model.model;
    product[`${prefix}.name`] = model.name;
  }
  return {
    ...product,
    'dev.bootcomplete': '1',
    'gsm.operator.alpha': '',
    'gsm.sim.state': 'ABSENT',
    'init.svc.adbd': 'running',
    'init.svc.bootanim': 'stopped',
    'net.bt.name': 'Android',
    'persist.sys.locale': options.language,
    'persist.sys.timezone': 'UTC',
    'persist.sys.usb.config': 'adb',
    'ro.adb.secure': '1',
    'ro.boot.serialno': serialno,
    'ro.build.display.id': model.buildId,
    'ro.build.fingerprint': fingerprint,
    'ro.build.id': model.buildId,
    'ro.build.tags': 'release-keys',
    'ro.build.type': 'user',
    'ro.build.version.release': model.release,
    'ro.build.version.sdk': String(model.sdk),
    'ro.build.version.security_patch': '2024-08-05',
    'ro.debuggable': '0',
    'ro.drover.simulated': '1',
    'ro.hardware': model.device,
    'ro.product.cpu.abi': 'arm64-v8a',
    'ro.product.cpu.abilist': 'arm64-v8a,armeabi-v7a,armeabi',
    'ro.product.locale': options.language,
    'ro.secure': '1',
    'ro.serialno': serialno,
    'ro.sf.lcd_density': String(model.density),
    'sys.boot_completed': '1',
    'sys.usb.state': 'adb',
  };
}
