import type { Same } from '../same';
import type { accountTexts as zh } from '../zh/account';

export const accountTexts: Same<typeof zh> = {
  account: {
    title: 'Account and security',
    username: 'User name: {{username}}',
    owes: {
      password:
        'Please change your password first: somebody else made it, or it has run out. Then everything is open to you.',
      'second-factor':
        'Your role needs a second factor: please set it up below. Then everything is open to you.',
    },
    password: {
      title: 'Password',
      changedAt: 'Last changed',
      expiresAt: 'Runs out',
      never: 'never; change it at once if somebody may know it',
      change: 'Change the password',
      current: 'Current password',
      next: 'New password',
      again: 'New password once more',
      needed: 'Please fill this in',
      differs: 'The two are not the same',
      changed: 'Password changed; you are signed out everywhere else',
      rules: {
        asvs: 'At least {{n}} characters, the longer the better, a sentence if you like; no need for capitals or digits. Common passwords, and those with your name, are refused.',
        gbt22239:
          'At least {{n}} characters, with three of: capitals, small letters, digits, others. Common passwords, and those with your name, are refused.',
      },
      maxAge: 'It has to be changed every {{n}} days.',
    },
    proof: {
      title: 'Please confirm that it is you',
      lead: 'Asked before other sign-ins end or the second step changes; not again for some minutes.',
      confirm: 'Confirm',
      byCode: 'Use a code of the app',
      byPassword: 'Use the password',
    },
    sessions: {
      title: 'Where you are signed in',
      lead: 'Your account is signed in at these places. If you do not know one, end it and change your password.',
      current: 'here',
      unknown: 'unknown device',
      from: 'address {{address}}',
      began: 'signed in {{at}}',
      used: 'last used {{at}}',
      ways: { password: 'by password', provider: 'by the identity provider', demo: 'by the demo' },
      end: 'Sign out',
      endConfirm: 'Sign out there? What was not saved there is lost.',
      endOthers: 'Sign out everywhere else',
      endOthersConfirm: 'Sign out everywhere but here?',
      ended: 'Signed out',
      onlyThis: 'You are signed in nowhere else.',
    },
  },
  secondFactor: {
    title: 'Second factor',
    on: 'on',
    off: 'off',
    lead: 'Besides the password, signing in asks for six digits from an authenticator app (any that knows TOTP): who knows the password alone does not get in.',
    since: 'Since',
    codesLeft: '{{n}} recovery codes left',
    needed: 'Your role needs it; it cannot be turned off.',
    impossible: 'This system has no key for second factors yet (SIGN_IN_KEY); please ask its administrator.',
    setUp: 'Set up a second factor',
    replace: 'Change the authenticator',
    scan: 'Scan the QR code with the authenticator app, then type the six digits that it shows.',
    byHand: 'Where you cannot scan, type the secret:',
    code: 'Six digits',
    confirm: 'Turn it on',
    codes: 'Recovery codes',
    codesLead:
      'Without your phone, each recovery code signs you in once. They are shown only now: keep them apart from the phone.',
    codesKept: 'I have kept the recovery codes',
    newCodes: 'New recovery codes',
    newCodesHint: 'All former recovery codes end.',
    remove: 'Turn it off',
    removeHint: 'From then on the password alone signs you in. You are signed out everywhere else.',
    done: 'Done',
    signIn: {
      lead: 'Please type the six digits of your authenticator, or a recovery code where you do not have it.',
      code: 'Digits or recovery code',
      submit: 'Sign in',
      again: 'Back to user name and password',
    },
  },
};
