import fc from 'fast-check';
import {
  isMasked,
  maskAddress,
  maskCertificate,
  maskIdNumber,
  maskMail,
  maskPhone,
  maskWithin,
} from '../../../domain/privacy/masks';

test.each([
  ['13812345678', '138****5678'],
  ['+86 138 1234 5678', '+86 138 **** 5678'],
  ['0911-3214567', '091*-***4567'],
  ['3214567', '*****67'],
  ['', ''],
])('the phone %s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown);
});

test.each([
  ['zhang.san@ak.gov.cn', 'z***@ak.gov.cn'],
  ['a@ak.gov.cn', 'a***@ak.gov.cn'],
  ['', ''],
])('the mail address %s is shown as %s', (mail, shown) => {
  expect(maskMail(mail)).toBe(shown);
});

test('numbers keep their ends, addresses their county', () => {
  expect(maskIdNumber('61240119900101123X')).toBe('61**************3X');
  expect(maskCertificate('ZF-2024-0017')).toBe('**-****-**17');
  expect(maskAddress('陕西省安康市汉滨区江北街道1号')).toBe('陕西省安康市汉滨区****');
  expect(maskAddress('云溪县城关镇东市场3号')).toBe('云溪县****');
  expect(maskAddress('江北大道12号')).toBe('江北大****');
});

test('in a text, numbers and addresses of persons are masked, and no others', () => {
  expect(maskWithin('请打 13812345678 或 0911-3214567，邮箱 wang.x@ak.gov.cn，证号 61240119900101123X')).toBe(
    '请打 138****5678 或 091*-***4567，邮箱 w***@ak.gov.cn，证号 61**************3X',
  );
  const business = '信用代码 92691100MA00000001，2026年4月1日，罚款 13000 元';
  expect(maskWithin(business)).toBe(business);
  expect(maskWithin('550 5.1.1 <a.b@c.gov.cn>: no mailbox')).toBe('550 5.1.1 <a***@c.gov.cn>: no mailbox');
});

test('of a mobile number never more than seven digits are left, and a mask is known as one', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
      const shown = maskPhone(phone);
      expect(shown.replace(/\D/g, '')).toHaveLength(7);
      expect(isMasked(shown)).toBe(true);
      expect(maskPhone(shown).replace(/\D/g, '').length).toBeLessThan(7);
      expect(maskWithin(`电话${phone}。`)).not.toContain(phone);
    }),
  );
});
