DELETE FROM user_sessions
WHERE deleted AND updated_at < now() - interval '30 days';
