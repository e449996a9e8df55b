import { displayName, placeholderName, type NamedFollower } from '#shared/domain/follower-identity';

export { displayName };

/** Whether anyone gave this person a name; otherwise the placeholder is shown. */
export function isNamed(person: NamedFollower): boolean {
  return displayName(person, 'en') !== placeholderName(person.openid, 'en');
}
