CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL UNIQUE
);

CREATE TABLE setlists (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  title text NOT NULL,
  total_votes integer NOT NULL DEFAULT 0
);

CREATE TABLE setlist_songs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  setlist_id uuid NOT NULL REFERENCES setlists (id) ON DELETE CASCADE,
  title text NOT NULL,
  position integer NOT NULL,
  votes integer NOT NULL DEFAULT 0
);
CREATE INDEX setlist_songs_votes ON setlist_songs (votes DESC, setlist_id);

CREATE TABLE votes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  setlist_song_id uuid NOT NULL REFERENCES setlist_songs (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (user_id, setlist_song_id)
);
CREATE INDEX votes_user_created ON votes (user_id, created_at);

CREATE TABLE user_stats (
  user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  total_votes integer NOT NULL DEFAULT 0,
  last_vote_at timestamptz
);

CREATE FUNCTION vote_for_song(fan uuid, song uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  voted_setlist uuid;
  cast_count integer;
BEGIN
  IF EXISTS (SELECT 1 FROM votes WHERE user_id = fan AND setlist_song_id = song) THEN
    RAISE EXCEPTION 'already_voted';
  END IF;

  SELECT setlist_id INTO voted_setlist FROM setlist_songs WHERE id = song;
  IF voted_setlist IS NULL THEN
    RAISE EXCEPTION 'not_found';
  END IF;

  SELECT count(*) INTO cast_count
  FROM votes
  JOIN setlist_songs ON setlist_songs.id = votes.setlist_song_id
  JOIN setlists ON setlists.id = setlist_songs.setlist_id
  WHERE votes.user_id = fan AND setlists.id = voted_setlist;
  IF cast_count >= 10 THEN
    RAISE EXCEPTION 'show_limit';
  END IF;

  SELECT count(*) INTO cast_count FROM votes WHERE user_id = fan AND created_at >= current_date;
  IF cast_count >= 50 THEN
    RAISE EXCEPTION 'day_limit';
  END IF;

  INSERT INTO votes (user_id, setlist_song_id) VALUES (fan, song);
  UPDATE setlist_songs SET votes = votes + 1 WHERE id = song;
  UPDATE setlists SET total_votes = total_votes + 1 WHERE id = voted_setlist;
  INSERT INTO user_stats (user_id, total_votes, last_vote_at) VALUES (fan, 1, now())
  ON CONFLICT (user_id) DO UPDATE SET total_votes = user_stats.total_votes + 1, last_vote_at = now();
END $$;
