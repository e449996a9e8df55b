export const version = 2;
export const name = 'tag-order';

/**
 * A tag that half of a million people carry is a list as long as everyone's, so it gets an order of its own: what the
 * list is sorted and filtered by stands beside each tag, and triggers keep it so.
 */
export const sql = `
ALTER TABLE follower_tags ADD COLUMN subscribed_at REAL;
ALTER TABLE follower_tags ADD COLUMN following INTEGER NOT NULL DEFAULT 1;
ALTER TABLE follower_tags ADD COLUMN scene TEXT;
UPDATE follower_tags SET (subscribed_at, following, scene) =
  (SELECT f.subscribed_at, f.following, f.scene FROM followers f WHERE f.id = follower_tags.follower_id);
CREATE INDEX follower_tags_by_subscription
  ON follower_tags (account_id, tag_id, subscribed_at, follower_id, following, scene);

CREATE TRIGGER follower_tags_described AFTER INSERT ON follower_tags BEGIN
  UPDATE follower_tags SET (subscribed_at, following, scene) =
    (SELECT f.subscribed_at, f.following, f.scene FROM followers f WHERE f.id = new.follower_id)
  WHERE account_id = new.account_id AND tag_id = new.tag_id AND follower_id = new.follower_id;
END;
CREATE TRIGGER follower_tags_redescribed AFTER UPDATE OF subscribed_at, following, scene ON followers
WHEN new.subscribed_at IS NOT old.subscribed_at OR new.following <> old.following OR new.scene IS NOT old.scene BEGIN
  UPDATE follower_tags SET subscribed_at = new.subscribed_at, following = new.following, scene = new.scene
  WHERE follower_id = new.id;
END;
`;
