"""What changed between two versions of a plan, what weighs most first: dates, money, gaps, risks, answers …"""
