"""Questions in chat: what is drawn, what an answer is told as, and the questionnaires that are added."""
