SELECT 1;
  ---- tern: disable-tx ----
SELECT 2;
