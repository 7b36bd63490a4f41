/** A value that a setting does not take. `message` is the reason in Redis 7.0's words. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** The name asked for is no setting at all; `message` is the name as it was given. */
export class UnknownSettingError extends Error {
  override readonly name = 'UnknownSettingError';
}

/** CONFIG SET was refused because of one of its pairs; `message` is the reason in Redis 7.0's words. */
export class RefusedSettingError extends Error {
  override readonly name = 'RefusedSettingError';
  /** The name Redis puts into its answer. */
  readonly setting: string;

  constructor(setting: string, reason: string) {
    super(reason);
    this.setting = setting;
  }
}

/** The configuration cannot be used: `message` is one line for the user, free of passwords. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
